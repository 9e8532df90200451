import { defineRoute } from "@/app/_http/define-route";
import { readSamlMetadata } from "@/lib/identity/providers/read-saml-metadata";
import { readSamlMetadataInput, samlMetadataFacts } from "@/lib/identity/providers/schema";

export const POST = defineRoute({
  summary: "Read a SAML identity provider's metadata document",
  permission: "auth_provider:configure",
  body: readSamlMetadataInput,
  output: samlMetadataFacts,
  useCase: (ctx, { body }) => readSamlMetadata(ctx, body),
});
