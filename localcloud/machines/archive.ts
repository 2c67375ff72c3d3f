import { gzipSync } from "node:zlib";

const BLOCK = 512;

/** A tar.gz with small stand-in programs of these names; the same bytes each time. */
export function archive(names: readonly string[]): Buffer {
  const blocks = names.flatMap((name) => {
    const content = Buffer.from(`#!/bin/sh\n# stand-in for ${name}\n`);
    const padded = Buffer.alloc(Math.ceil(content.length / BLOCK) * BLOCK);
    content.copy(padded);
    return [header(name, content.length), padded];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

/** A ustar header: fields at fixed places, numbers in octal (POSIX.1-1988). */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, at: number): void => void block.write(text, at, "ascii");
  put(name, 0);
  put("0000755\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put("0", 156);
  put("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
