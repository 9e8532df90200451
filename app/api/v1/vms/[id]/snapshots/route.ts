import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { submitted } from "@/lib/requests/schema";
import { requestSnapshot } from "@/lib/requests/snapshots/request-snapshot";
import { requestSnapshotInput } from "@/lib/requests/snapshots/schema";
import { listSnapshots } from "@/lib/snapshots/queries";
import { snapshotFilter, snapshotPage } from "@/lib/snapshots/schema";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List what was saved of a machine, newest first",
  permission: "vm:read",
  params: path,
  query: snapshotFilter.omit({ vmId: true }),
  output: snapshotPage,
  useCase: (ctx, { params, query }) => listSnapshots(ctx, { ...query, vmId: params.id }),
});

export const POST = defineRoute({
  summary: "Ask for a snapshot of a machine",
  permission: "vm:operate",
  params: path,
  body: requestSnapshotInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestSnapshot(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
