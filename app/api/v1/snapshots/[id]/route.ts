import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteSnapshot } from "@/lib/snapshots/delete-snapshot";
import { readSnapshot } from "@/lib/snapshots/queries";
import { snapshotRow } from "@/lib/snapshots/schema";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a snapshot of a machine",
  permission: "vm:read",
  params: path,
  output: snapshotRow,
  useCase: (ctx, { params }) => readSnapshot(ctx, { snapshotId: params.id }),
});

export const DELETE = defineRoute({
  summary: "Delete a snapshot and what the cluster keeps of it",
  permission: "vm:operate",
  params: path,
  useCase: (ctx, { params }) => deleteSnapshot(ctx, { snapshotId: params.id }),
});
