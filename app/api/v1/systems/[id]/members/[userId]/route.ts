import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { changeMember } from "@/lib/access/members/change-member";
import { removeMember } from "@/lib/access/members/remove-member";
import { changeMemberInput, removeMemberInput } from "@/lib/access/members/schema";

const path = z.strictObject({ id: z.string(), userId: z.string() });

export const PATCH = defineRoute({
  summary: "Change a member's role or its end",
  permission: "system:read",
  params: path,
  body: changeMemberInput.omit({ systemId: true, userId: true }),
  useCase: (ctx, { params, body }) =>
    changeMember(ctx, { systemId: params.id, userId: params.userId, ...body }),
});

export const DELETE = defineRoute({
  summary: "Take a member's role away, or leave",
  permission: "system:read",
  params: path,
  query: removeMemberInput.omit({ systemId: true, userId: true }),
  useCase: (ctx, { params, query }) =>
    removeMember(ctx, { systemId: params.id, userId: params.userId, ...query }),
});
