import { z } from "zod";
import { shapeOf } from "./look-inside";
import { readTextValues } from "./read-text-values";

export type SearchParameters = Record<string, string | string[] | undefined>;

/** A page's filters from its address; a value that is none is dropped, because a link must not lead to an error. */
export function readSearch<S extends z.ZodType>(schema: S, search: SearchParameters): z.output<S> {
  const { value } = readTextValues(schema, asTextValues(search));
  const members = Object.entries(z.record(z.string(), z.unknown()).parse(value));
  const shape = shapeOf(schema);
  const valid = members.filter(([name, member]) => z.safeParse(shape[name] ?? z.never(), member).success);
  return schema.parse(Object.fromEntries(valid));
}

function asTextValues(search: SearchParameters) {
  return {
    keys: () => Object.keys(search),
    getAll: (name: string) => [search[name] ?? []].flat(),
  };
}
