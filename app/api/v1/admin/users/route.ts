import { defineRoute } from "@/app/_http/define-route";
import { listUsers } from "@/lib/identity/accounts/queries";
import { createUser } from "@/lib/identity/create-user";
import { createdUser, createUserInput, userFilter, userPage } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List users",
  description: "Service accounts are listed only where `auth_type=service` asks for them.",
  permission: "user:manage",
  query: userFilter,
  output: userPage,
  useCase: (ctx, { query }) => listUsers(ctx, query),
});

export const POST = defineRoute({
  summary: "Create a local user",
  description:
    "With an initial password, or without one: then `link` is a one-time address with which the person sets theirs; " +
    "it is answered only once.",
  permission: "user:manage (and rbac:manage where a role is given)",
  body: createUserInput,
  output: createdUser,
  status: 201,
  useCase: (ctx, { body }) => createUser(ctx, body),
});
