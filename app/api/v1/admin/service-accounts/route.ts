import { defineRoute } from "@/app/_http/define-route";
import { listServiceAccounts } from "@/lib/identity/accounts/queries";
import { createServiceAccount } from "@/lib/identity/create-service-account";
import {
  createdServiceAccount,
  createServiceAccountInput,
  serviceAccountFilter,
  serviceAccountPage,
} from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List service accounts",
  permission: "user:manage",
  query: serviceAccountFilter,
  output: serviceAccountPage,
  useCase: (ctx, { query }) => listServiceAccounts(ctx, query),
});

export const POST = defineRoute({
  summary: "Create a service account",
  description: "An account for a program: roles and tokens, no password and no sign-in.",
  permission: "user:manage (and rbac:manage where a role is given)",
  body: createServiceAccountInput,
  output: createdServiceAccount,
  status: 201,
  useCase: (ctx, { body }) => createServiceAccount(ctx, body),
});
