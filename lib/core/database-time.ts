import type { Context } from "./context";
import type { Tx } from "./transaction";

/** The same with the database's hour, which alone decides what is due where several machines' clocks could differ. */
export async function atDatabaseTime(tx: Tx, ctx: Context): Promise<Context> {
  const rows = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return { ...ctx, now: rows[0]?.now ?? ctx.now };
}
