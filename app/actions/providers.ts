"use server";

import { cookies } from "next/headers";
import { defineAction } from "@/app/_http/define-action";
import { flowCookieOptions } from "@/app/_http/sign-in-answer";
import type { Context } from "@/lib/core/context";
import { configureProvider } from "@/lib/identity/providers/configure-provider";
import { deleteProvider } from "@/lib/identity/providers/delete-provider";
import { previewDirectory } from "@/lib/identity/providers/directory/queries";
import { previewDirectoryInput, syncDirectoryInput } from "@/lib/identity/providers/directory/schema";
import { startDirectorySync } from "@/lib/identity/providers/directory/start-directory-sync";
import { enableProvider } from "@/lib/identity/providers/enable-provider";
import { chooseClaims } from "@/lib/identity/providers/mapping/choose-claims";
import { createMapping } from "@/lib/identity/providers/mapping/create-mapping";
import { deleteMapping } from "@/lib/identity/providers/mapping/delete-mapping";
import { previewMapping } from "@/lib/identity/providers/mapping/preview-mapping";
import {
  chooseClaimsInput,
  createMappingInput,
  deleteMappingInput,
  previewMappingInput,
  syncCohortsInput,
  takeSampleInput,
  updateMappingInput,
} from "@/lib/identity/providers/mapping/schema";
import { syncCohorts } from "@/lib/identity/providers/mapping/sync-cohorts";
import { takeSample } from "@/lib/identity/providers/mapping/take-sample";
import { updateMapping } from "@/lib/identity/providers/mapping/update-mapping";
import { readSamlMetadata } from "@/lib/identity/providers/read-saml-metadata";
import {
  configureLdapInput,
  configureOidcInput,
  configureSamlInput,
  deleteProviderInput,
  enableProviderInput,
  readSamlMetadataInput,
  testLdapInput,
  testOidcInput,
  testSamlInput,
  updateLdapInput,
  updateOidcInput,
  updateSamlInput,
} from "@/lib/identity/providers/schema";
import { testConnection } from "@/lib/identity/providers/test-connection";
import { updateProvider } from "@/lib/identity/providers/update-provider";

// A form is read by its schema's members, so each type has an action of its own.
const toProvider = { redirectTo: ({ id }: { id: string }) => `/admin/identity/${id}` };
export const configureOidcAction = defineAction(configureOidcInput, configureProvider, toProvider);
export const configureSamlAction = defineAction(configureSamlInput, configureProvider, toProvider);
export const configureLdapAction = defineAction(configureLdapInput, configureProvider, toProvider);
export const updateOidcAction = defineAction(updateOidcInput, updateProvider);
export const updateSamlAction = defineAction(updateSamlInput, updateProvider);
export const updateLdapAction = defineAction(updateLdapInput, updateProvider);
export const enableProviderAction = defineAction(enableProviderInput, enableProvider);
export const deleteProviderAction = defineAction(deleteProviderInput, deleteProvider, {
  redirectTo: () => "/admin/identity",
});

const asks = { refreshes: false };
export const testOidcAction = defineAction(testOidcInput, testConnection, asks);
export const testSamlAction = defineAction(testSamlInput, testConnection, asks);
export const testLdapAction = defineAction(testLdapInput, testConnection, asks);
export const readSamlMetadataAction = defineAction(readSamlMetadataInput, readSamlMetadata, asks);

export const takeSampleAction = defineAction(takeSampleInput, takeSampleHere);
export const chooseClaimsAction = defineAction(chooseClaimsInput, chooseClaims);
export const syncCohortsAction = defineAction(syncCohortsInput, syncCohorts);
export const createMappingAction = defineAction(createMappingInput, createMapping);
export const updateMappingAction = defineAction(updateMappingInput, updateMapping);
export const deleteMappingAction = defineAction(deleteMappingInput, deleteMapping);
export const previewMappingAction = defineAction(previewMappingInput, previewMapping, asks);

export const previewDirectoryAction = defineAction(previewDirectoryInput, previewDirectory, asks);
export const syncDirectoryAction = defineAction(syncDirectoryInput, startDirectorySync);

/** The page follows `redirectUrl`; the cookie that binds the try to this browser is set on the way. */
async function takeSampleHere(ctx: Context, input: { providerId: string; returnTo?: string | undefined }) {
  const { cookie, redirectUrl, people } = await takeSample(ctx, input);
  if (cookie !== null) (await cookies()).set(cookie.name, cookie.value, flowCookieOptions());
  return { redirectUrl, people };
}
