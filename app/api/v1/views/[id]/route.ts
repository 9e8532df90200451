import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteView } from "@/lib/vms/list/views/delete-view";
import { updateViewInput } from "@/lib/vms/list/views/schema";
import { updateView } from "@/lib/vms/list/views/update-view";

const params = z.strictObject({ id: z.string() });

export const PATCH = defineRoute({
  summary: "Change a saved view",
  params,
  body: updateViewInput.omit({ viewId: true }),
  useCase: (ctx, { params: { id }, body }) => updateView(ctx, { viewId: id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Remove a saved view",
  params,
  useCase: (ctx, { params: { id } }) => deleteView(ctx, { viewId: id }),
});
