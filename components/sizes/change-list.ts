/** The list with one entry replaced, taken out, put at the end or moved by one place. */
export function replaceAt<Entry>(list: readonly Entry[], at: number, entry: Entry): Entry[] {
  return list.map((old, index) => (index === at ? entry : old));
}

export function removeAt<Entry>(list: readonly Entry[], at: number): Entry[] {
  return list.filter((_, index) => index !== at);
}

export function moveBy<Entry>(list: readonly Entry[], at: number, step: 1 | -1): Entry[] {
  const to = at + step;
  if (to < 0 || to >= list.length) return [...list];
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(at, 1));
  return moved;
}
