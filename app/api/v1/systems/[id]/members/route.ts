import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { addMember } from "@/lib/access/members/add-member";
import { listMembers } from "@/lib/access/members/queries";
import { addMemberInput, memberFilter, memberPage } from "@/lib/access/members/schema";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List who has a role on a system, or on a service or machine in it",
  permission: "system:read",
  params: path,
  query: memberFilter.omit({ systemId: true }),
  output: memberPage,
  useCase: (ctx, { params, query }) => listMembers(ctx, { systemId: params.id, ...query }),
});

export const POST = defineRoute({
  summary: "Give somebody a role on a system, or on a service or machine in it",
  description: "Takes the admin role on the system; owners are made by owners.",
  permission: "system:read",
  params: path,
  body: addMemberInput.omit({ systemId: true }),
  useCase: (ctx, { params, body }) => addMember(ctx, { systemId: params.id, ...body }),
});
