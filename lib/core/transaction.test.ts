import { expect, test } from "vitest";
import { db } from "./db";
import { newId } from "./ids";
import { inTransaction, type Tx } from "./transaction";

async function anEnvironment(): Promise<string> {
  const name = `e${newId().slice(-8)}`;
  const row = { name, class: "test", displayName: name };
  await db().environment.create({ data: row, select: { name: true } });
  return name;
}

const lock = (tx: Tx, name: string) =>
  tx.$queryRaw`SELECT 1 FROM environments WHERE name = ${name} FOR UPDATE`;

test("two that lock the same rows in opposite order both come through, the victim by running again", async () => {
  const [first, second] = [await anEnvironment(), await anEnvironment()];
  const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const runs = [0, 0];
  const cross = (mine: 0 | 1, order: [string, string]) =>
    inTransaction(async (tx) => {
      runs[mine] = (runs[mine] ?? 0) + 1;
      await lock(tx, order[0]);
      arrived[mine]?.resolve();
      await arrived[1 - mine]?.promise;
      await lock(tx, order[1]);
      await tx.environment.update({
        where: { name: order[1] },
        data: { sortOrder: { increment: 1 } },
        select: { name: true },
      });
    });
  await Promise.all([cross(0, [first, second]), cross(1, [second, first])]);
  expect((runs[0] ?? 0) + (runs[1] ?? 0)).toBe(3);
  const rows = await db().environment.findMany({ where: { name: { in: [first, second] } } });
  expect(rows.map(({ sortOrder }) => sortOrder)).toEqual([1, 1]);
});
