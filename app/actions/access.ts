"use server";

import { defineAction } from "@/app/_http/define-action";
import { assignRole } from "@/lib/access/assign-role";
import { createEnvironment } from "@/lib/access/environments/create-environment";
import { deleteEnvironment } from "@/lib/access/environments/delete-environment";
import {
  createEnvironmentInput,
  deleteEnvironmentInput,
  updateEnvironmentForm,
} from "@/lib/access/environments/schema";
import { updateEnvironment } from "@/lib/access/environments/update-environment";
import { addMember } from "@/lib/access/members/add-member";
import { changeMember } from "@/lib/access/members/change-member";
import { listMemberCandidates } from "@/lib/access/members/queries";
import { removeMember } from "@/lib/access/members/remove-member";
import {
  addMemberInput,
  candidateFilter,
  changeMemberInput,
  removeMemberInput,
  transferOwnershipInput,
} from "@/lib/access/members/schema";
import { transferOwnership } from "@/lib/access/members/transfer-ownership";
import { confirmAccess } from "@/lib/access/reviews/confirm-access";
import { revokeAccess } from "@/lib/access/reviews/revoke-access";
import { accessInput } from "@/lib/access/reviews/schema";
import { revokeRole } from "@/lib/access/revoke-role";
import { createRole } from "@/lib/access/roles/create-role";
import { deleteRole } from "@/lib/access/roles/delete-role";
import {
  createRoleInput,
  deleteRoleInput,
  requireRoleMfaForm,
  updateRoleForm,
} from "@/lib/access/roles/schema";
import { updateRole } from "@/lib/access/roles/update-role";
import { assignRoleInput, revokeRoleInput } from "@/lib/access/schema";

export const createRoleAction = defineAction(createRoleInput, createRole, {
  redirectTo: (role) => `/admin/roles/${role.id}`,
});
export const updateRoleAction = defineAction(updateRoleForm, updateRole);
export const requireRoleMfaAction = defineAction(requireRoleMfaForm, updateRole);
export const deleteRoleAction = defineAction(deleteRoleInput, deleteRole, {
  redirectTo: () => "/admin/roles",
});

export const assignRoleAction = defineAction(assignRoleInput, assignRole);
export const revokeRoleAction = defineAction(revokeRoleInput, revokeRole);

export const addMemberAction = defineAction(addMemberInput, addMember);
export const changeMemberAction = defineAction(changeMemberInput, changeMember);
export const removeMemberAction = defineAction(removeMemberInput, removeMember);
/** Whoever leaves by themselves may not see the System any more. */
export const leaveSystemAction = defineAction(removeMemberInput, removeMember, {
  redirectTo: () => "/systems",
});
export const transferOwnershipAction = defineAction(transferOwnershipInput, transferOwnership);
export const findMemberCandidatesAction = defineAction(candidateFilter, listMemberCandidates, {
  refreshes: false,
});

export const createEnvironmentAction = defineAction(createEnvironmentInput, createEnvironment);
export const updateEnvironmentAction = defineAction(updateEnvironmentForm, updateEnvironment);
export const deleteEnvironmentAction = defineAction(deleteEnvironmentInput, deleteEnvironment);

export const confirmAccessAction = defineAction(accessInput, confirmAccess);
export const revokeAccessAction = defineAction(accessInput, revokeAccess);
