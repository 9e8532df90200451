import { defineRoute } from "@/app/_http/define-route";
import { createDelegation } from "@/lib/requests/delegations/create-delegation";
import { listDelegations } from "@/lib/requests/delegations/queries";
import { createdDelegation, createDelegationInput, delegationList } from "@/lib/requests/delegations/schema";

export const GET = defineRoute({
  summary: "List who decides in one's place, and in whose place one decides",
  output: delegationList,
  useCase: (ctx) => listDelegations(ctx),
});

export const POST = defineRoute({
  summary: "Let somebody decide in one's place for a while",
  body: createDelegationInput,
  output: createdDelegation,
  status: 201,
  useCase: (ctx, { body }) => createDelegation(ctx, body),
});
