import { z } from "zod";
import { parseSearch } from "../language/rules";
import { searchLengthMax } from "../language/schema";
import { defaultSort, listColumns } from "../columns/rules";
import { vmSort } from "../schema";

const id = z.string().min(1).max(64);
export const viewsMax = 50;

const understood = z
  .string()
  .trim()
  .max(searchLengthMax)
  .refine((text) => parseSearch(text).problems.length === 0, "invalid_search");

/** Without a System it is the person's own. */
export const viewInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  query: understood.default(""),
  sort: vmSort.default(defaultSort),
  columns: z.array(z.enum(listColumns)).max(listColumns.length).default([]),
  systemId: id.nullable().default(null),
});
export type CreateView = z.output<typeof viewInput>;

/** Absent members stay as they are. */
export const updateViewInput = z.strictObject({
  viewId: id,
  name: z.string().trim().min(1).max(60).optional(),
  query: understood.optional(),
  sort: vmSort.optional(),
  columns: z.array(z.enum(listColumns)).max(listColumns.length).optional(),
});
export type UpdateView = z.output<typeof updateViewInput>;

export const deleteViewInput = z.strictObject({ viewId: id });
export type DeleteView = z.output<typeof deleteViewInput>;

export const viewRow = z.object({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  sort: vmSort,
  columns: z.array(z.enum(listColumns)),
  systemId: z.string().nullable(),
  systemName: z.string().nullable(),
  ownerName: z.string(),
  isOwn: z.boolean(),
});
export type ViewRow = z.output<typeof viewRow>;
export const viewList = z.object({ items: z.array(viewRow) });
export const createdView = z.object({ id: z.string(), name: z.string() });
