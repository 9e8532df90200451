import type { Context } from "@/lib/core/context";
import { csvHeader, csvOf } from "./csv/rules";
import { listVms } from "./queries";
import type { VmFilter } from "./schema";

type ExportFilter = Omit<VmFilter, "perPage" | "cursor">;

const rowsAtOnce = 1_000;

/** The whole list as a table of commas, a page in memory at a time; what is no longer visible is not read on. */
export async function* exportVms(ctx: Context, filter: ExportFilter): AsyncGenerator<string> {
  let cursor: string | undefined;
  let beginning = csvHeader;
  do {
    const page = await listVms(ctx, { ...filter, perPage: rowsAtOnce, cursor });
    yield beginning + page.items.map(csvOf).join("");
    beginning = "";
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
