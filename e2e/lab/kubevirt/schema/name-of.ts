import type { Declaration } from "../kinds";

export function nameOf(declaration: Declaration): string {
  return `${declaration.from}/${declaration.name}`;
}
