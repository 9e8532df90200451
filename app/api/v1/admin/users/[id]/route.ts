import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readUser } from "@/lib/identity/accounts/queries";
import { updateUserInput, userDetail } from "@/lib/identity/schema";
import { updateUser } from "@/lib/identity/update-user";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a user or a service account",
  permission: "user:manage",
  params,
  output: userDetail,
  useCase: (ctx, { params: { id } }) => readUser(ctx, id),
});

export const PATCH = defineRoute({
  summary: "Change a user's name on screen or e-mail address",
  permission: "user:manage (platform:admin for a platform administrator)",
  params,
  body: updateUserInput.omit({ userId: true }),
  output: userDetail,
  useCase: async (ctx, { params: { id }, body }) => {
    await updateUser(ctx, { ...body, userId: id });
    return readUser(ctx, id);
  },
});
