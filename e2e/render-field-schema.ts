import type { StoredSchema } from "@/lib/catalog/fields/stored/schema";

export function fileOfMinor(minor: string): string {
  return `lib/catalog/fields/bundled/${minor}.json`;
}

/** One shape a line, so that a change of the published types is seen line by line. */
export function renderFieldSchema({ root, shapes }: StoredSchema): string {
  const lines = Object.entries(shapes).map(
    ([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`,
  );
  return `{"root":${JSON.stringify(root)},"shapes":{\n${lines.join(",\n")}\n}}\n`;
}
