import { defineRoute } from "@/app/_http/define-route";
import { addLogo } from "@/lib/catalog/templates/logos/add-logo";
import { addLogoInput, logoAdded } from "@/lib/catalog/templates/schema";

export const POST = defineRoute({
  summary: "Keep a picture for the tiles of templates",
  description: "PNG, JPEG or WebP in base64, at most 64 KiB and 1024 by 1024 pixels.",
  permission: "template:write",
  body: addLogoInput,
  output: logoAdded,
  status: 201,
  useCase: (ctx, { body }) => addLogo(ctx, body),
});
