import { expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { markAlive } from "@/lib/settings/mark-alive";
import { issueConsoleToken } from "./issue-console-token";
import { locateWatched } from "./locate-watched";
import { openConsole } from "./open-console";

test("a session is watched where it is carried, unless that is here or its process is silent", async () => {
  const vm = await aRunningVm();
  const place = { vmId: vm.id, consoleType: "vnc" } as const;
  const { ctx } = await aConsoleUser(vm.systemId);
  const issue = (mode: "control" | "watch") =>
    inTransaction((tx) => issueConsoleToken(tx, ctx, { ...place, mode, grant: null }));
  await openConsole(ctx, { ...place, token: (await issue("control")).token, proxyId: "carrier" });
  const { token } = await issue("watch");
  const locate = (ownProxyId: string) => locateWatched({ ...place, token }, ownProxyId);

  await markAlive("console", "carrier", "http://10.0.0.1:3001");
  await markAlive("console", "beside", "http://10.0.0.2:3001");
  // Began again where the one that carried the session had been.
  await markAlive("console", "successor", "http://10.0.0.1:3001");
  expect(await locate("beside")).toBe("http://10.0.0.1:3001");
  expect(await locate("carrier")).toBeNull();
  expect(await locate("successor")).toBeNull();
  await db()
    .$executeRaw`UPDATE worker_instances SET last_heartbeat = now() - interval '9 s' WHERE id = 'carrier'`;
  expect(await locate("beside")).toBeNull();
});
