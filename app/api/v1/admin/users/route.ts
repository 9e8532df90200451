import { defineRoute } from "@/app/_http/define-route";
import { createUser } from "@/lib/identity/create-user";
import { createdUser, createUserInput } from "@/lib/identity/schema";

export const POST = defineRoute({
  summary: "Create a local user",
  permission: "user:manage (and rbac:manage where a role is given)",
  body: createUserInput,
  output: createdUser,
  status: 201,
  useCase: (ctx, { body }) => createUser(ctx, body),
});
