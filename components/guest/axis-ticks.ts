const quarters = 4;
const binaryTops = [
  1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512, 768, 1024,
];

/** Where an axis has its lines: quarters of what the whole is. */
export function quartersOf(whole: number): number[] {
  return Array.from({ length: quarters + 1 }, (_, index) => (index * whole) / quarters);
}

/** The next round number of KiB, MiB or GiB. */
export function roundBytes(highest: number): number {
  let unit = 1;
  while (highest > unit * 1024) unit *= 1024;
  return (binaryTops.find((one) => one * unit >= highest) ?? 1024) * unit;
}
