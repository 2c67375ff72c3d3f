/** The server name in the first bytes of a TLS connection (RFC 8446 section 4.1.2, RFC 6066 section 3). */
export function serverNameOf(bytes: Buffer): { readonly name: string | undefined } | "incomplete" | undefined {
  const handshake = 22;
  const clientHello = 1;
  if (bytes.length < 5) return "incomplete";
  if (bytes[0] !== handshake) return undefined;
  const length = bytes.readUInt16BE(3);
  if (bytes.length < 5 + length) return "incomplete";
  const hello = new Reader(bytes.subarray(5, 5 + length));
  if (hello.number(1) !== clientHello) return undefined;
  hello.skip(3 + 2 + 32);
  hello.skip(hello.number(1));
  hello.skip(hello.number(2));
  hello.skip(hello.number(1));
  if (hello.atEnd) return { name: undefined };
  const extensions = new Reader(hello.take(hello.number(2)));
  while (!extensions.atEnd) {
    const type = extensions.number(2);
    const body = extensions.take(extensions.number(2));
    if (type !== 0) continue;
    // A list with one entry in practice: its length, the type "host name", the name's length, the name.
    const list = new Reader(body);
    list.skip(3);
    return { name: list.take(list.number(2)).toString("ascii") };
  }
  return { name: undefined };
}

class Reader {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  number(size: number): number {
    return this.take(size).readUIntBE(0, size);
  }

  take(size: number): Buffer {
    if (this.at + size > this.bytes.length) throw new RangeError("a TLS message ends too early");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  skip(size: number): void {
    this.take(size);
  }
}
