import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { vmMachine } from "@/lib/vms/machine";
import { vmRow } from "@/lib/vms/schema";
import { searchLengthMax } from "./language/schema";
import { namedKeys, vmSorts } from "./columns/rules";

export const vmSort = z.enum(vmSorts);

const id = z.string().max(64);
export const idsMax = 100;

export const vmFilter = pageQuery.extend({
  /** In the words of the list's search: `status:running system:shop cpu>4 redis*`. */
  q: z.string().max(searchLengthMax).optional(),
  sort: vmSort.optional(),
  /** Only these. */
  ids: z.array(id).max(idsMax).optional(),
  systemId: id.optional(),
  serviceId: id.optional(),
  /** Of one version of a template. */
  templateId: id.optional(),
  namespace: z.string().max(60).optional(),
  environment: z.string().max(60).optional(),
  status: z.enum(vmMachine.states).optional(),
});
export type VmFilter = z.output<typeof vmFilter>;

/** What the page's address says: the filter without single machines, the columns with commas between, and a view. */
export const listSearch = vmFilter
  .omit({ ids: true })
  .extend({ columns: z.string().max(300).optional(), view: id.optional() });

export const vmListRow = vmRow.extend({
  templateName: z.string().nullable(),
  sizeName: z.string().nullable(),
  ownerName: z.string().nullable(),
  expiresAt: z.date().nullable(),
  isProtected: z.boolean(),
});
export type VmListRow = z.output<typeof vmListRow>;
export const vmPage = pageOf(vmListRow);

export const searchValueQuery = z.strictObject({
  key: z.enum(namedKeys),
  text: z.string().max(60).default(""),
});
export type SearchValueQuery = z.output<typeof searchValueQuery>;
export const searchValues = z.object({ items: z.array(z.object({ value: z.string(), label: z.string() })) });
export type SearchValue = z.output<typeof searchValues>["items"][number];
