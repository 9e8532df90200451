const sectorBytes = 512;
const floppyBytes = 1_474_560;

/** What the guest writes as its second line, to be typed after it. */
export const lineToCopy = "harbour-lights";
const words = `This guest writes what is typed. Copy the next line.\r\n${lineToCopy}\r\n\0`;

/** x86 in real mode at 0x7C00, where the BIOS loads a boot sector. */
const program = [
  ...[0xfc], // cld
  ...[0x31, 0xc0], // xor ax, ax
  ...[0x8e, 0xd8], // mov ds, ax
  ...[0xb8, 0x03, 0x00, 0xcd, 0x10], // 80 × 25 characters, cleared
  ...[0xbb, 0x07, 0x00], // page 0, grey on black
  ...[0xbe, 0x28, 0x7c], // mov si, words
  ...[0xac, 0x08, 0xc0, 0x74, 0x06], // next: lodsb; or al, al; jz keys
  ...[0xb4, 0x0e, 0xcd, 0x10], // the BIOS writes al
  ...[0xeb, 0xf5], // jmp next
  ...[0x30, 0xe4, 0xcd, 0x16], // keys: the BIOS waits for a key
  ...[0xb4, 0x0e, 0xcd, 0x10], // and writes it
  ...[0xeb, 0xf6], // jmp keys
  ...[0x90, 0x90, 0x90],
];

/** A floppy disk of our own that boots into a program which writes what is typed. */
export function makeBootFloppy(): Buffer {
  const floppy = Buffer.alloc(floppyBytes);
  floppy.set(program);
  floppy.write(words, program.length, "ascii");
  floppy.set([0x55, 0xaa], sectorBytes - 2);
  return floppy;
}
