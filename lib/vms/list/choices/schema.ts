import { z } from "zod";
import { densities, listColumns } from "../columns/rules";

/** How a person likes the list; absent members are as for everybody. */
export const listChoices = z.strictObject({
  columns: z.array(z.enum(listColumns)).max(listColumns.length).optional(),
  density: z.enum(densities).optional(),
  /** Whether the Systems stand beside the list. */
  isTreeShown: z.boolean().optional(),
  /** The view that the list opens with. */
  defaultViewId: z.string().max(64).nullable().optional(),
});
export type ListChoices = z.output<typeof listChoices>;

export const preferenceKey = "vms.list";
