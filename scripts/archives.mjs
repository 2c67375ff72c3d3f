// Archives whose bytes depend on nothing but their files: entries sorted, times and owners fixed.
import { crc32, deflateRawSync, gzipSync } from "node:zlib";

/** The time of every file, in seconds: the one that npm gives to the files of its packages. */
export const fixedTime = 499_162_500;

/** @typedef {Map<string, { bytes: Buffer, executable?: boolean }>} Files by their path in the archive */

/** @param {Files} files */
function sorted(files) {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @param {Files} files */
export function tarGz(files) {
  const blocks = sorted(files).flatMap(([path, { bytes, executable }]) => [
    tarHeader(path, bytes.length, executable === true ? 0o755 : 0o644),
    bytes,
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 9 });
}

/** One entry's header in the format ustar. */
function tarHeader(path, size, mode) {
  const [prefix, name] = splitPath(path);
  const header = Buffer.alloc(512);
  const octal = (value, width) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  header.write(name, 0);
  header.write(octal(mode, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(fixedTime, 12), 136);
  header.write("        0", 148);
  header.write("ustar\x0000", 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** A name takes 100 bytes, and 155 more where a folder ends. */
function splitPath(path) {
  if (Buffer.byteLength(path) <= 100) return ["", path];
  for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) {
    const name = path.slice(slash + 1);
    if (Buffer.byteLength(name) <= 100 && slash <= 155) return [path.slice(0, slash), name];
  }
  throw new Error(`${path}: too long for a tar archive`);
}

/** @param {Files} files */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [path, { bytes }] of sorted(files)) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes, { level: 9 });
    // Version 2.0, names in UTF-8, deflated, the first day that the format knows.
    const common = Buffer.alloc(26);
    for (const [at, value] of [
      [0, 20],
      [2, 0x800],
      [4, 8],
      [8, 0x21],
      [22, name.length],
    ])
      common.writeUInt16LE(value, at);
    for (const [at, value] of [
      [10, crc32(bytes)],
      [14, packed.length],
      [18, bytes.length],
    ])
      common.writeUInt32LE(value, at);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, central, name);
    parts.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}
