import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteDesk } from "@/lib/requests/desks/delete-desk";
import { readDesk } from "@/lib/requests/desks/queries";
import { deleteDeskInput, deskDetail, updateDeskBody } from "@/lib/requests/desks/schema";
import { updateDesk } from "@/lib/requests/desks/update-desk";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read an external approval system",
  permission: "platform:admin",
  params,
  output: deskDetail,
  useCase: (ctx, { params: { id } }) => readDesk(ctx, id),
});

export const PUT = defineRoute({
  summary: "Change an external approval system",
  description:
    "`version` is the one that was read; settings come whole, a secret that is absent stays. A desk that moves to another server takes no secret with it.",
  permission: "platform:admin",
  params,
  body: updateDeskBody,
  output: deskDetail,
  useCase: async (ctx, { params: { id }, body }) => {
    await updateDesk(ctx, { ...body, deskId: id });
    return readDesk(ctx, id);
  },
});

export const DELETE = defineRoute({
  summary: "Remove an external approval system",
  description: "What waits there is decided in the built-in queue.",
  permission: "platform:admin",
  params,
  query: deleteDeskInput.omit({ deskId: true }),
  useCase: (ctx, { params: { id }, query }) => deleteDesk(ctx, { ...query, deskId: id }),
});
