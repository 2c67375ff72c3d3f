/** PEM and the few DER structures of an RSA public key. */

export interface RsaPublicKey {
  /** Big-endian, without leading zero bytes. */
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

/** The bytes of the first block. */
export function pemBytes(pem: string): Uint8Array {
  const body = /-----BEGIN [^-]+-----\s*([A-Za-z0-9+/=\s]+)-----END/.exec(pem)?.[1];
  if (body === undefined) throw new Error("bug: no PEM block");
  return Buffer.from(body, "base64");
}

/** Reads a SubjectPublicKeyInfo that holds an RSA key. */
export function rsaPublicKey(spki: Uint8Array): RsaPublicKey {
  const info = contents(spki, 0x30);
  const bits = elements(info)[1];
  if (bits?.tag !== 0x03) throw new Error("bug: no public key in its wrapper");
  // The first byte of a bit string counts its unused bits.
  const [modulus, exponent] = elements(contents(bits.value.subarray(1), 0x30));
  if (modulus === undefined || exponent === undefined) throw new Error("bug: not an RSA public key");
  return { modulus: unsigned(modulus.value), exponent: unsigned(exponent.value) };
}

interface DerElement {
  readonly tag: number;
  readonly value: Uint8Array;
}

function contents(der: Uint8Array, tag: number): Uint8Array {
  const [element] = elements(der);
  if (element?.tag !== tag) throw new Error(`bug: DER element is not of kind ${String(tag)}`);
  return element.value;
}

function elements(der: Uint8Array): readonly DerElement[] {
  const found: DerElement[] = [];
  let at = 0;
  while (at < der.length) {
    const tag = der[at] ?? 0;
    let length = der[at + 1] ?? 0;
    let start = at + 2;
    if (length >= 0x80) {
      const end = start + (length & 0x7f);
      length = 0;
      for (; start < end; start++) length = length * 256 + (der[start] ?? 0);
    }
    found.push({ tag, value: der.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

function unsigned(integer: Uint8Array): Uint8Array {
  let start = 0;
  while (start < integer.length - 1 && integer[start] === 0) start++;
  return integer.subarray(start);
}
