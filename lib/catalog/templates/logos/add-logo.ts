import { createHash } from "node:crypto";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { AddLogo } from "../schema";
import { logoBytesMax, logoSideMax, readPicture } from "./rules";

/**
 * Keeps a tile's picture under its hash, once however often it is sent; pictures that no template took within a day go.
 * @throws VALIDATION_FAILED on content
 */
export async function addLogo(ctx: Context, input: AddLogo): Promise<{ id: string; url: string }> {
  const bytes = Uint8Array.from(Buffer.from(input.content, "base64"));
  const picture = readPicture(bytes);
  if (typeof picture === "string")
    throw fieldRefused("content", picture, { bytesMax: logoBytesMax, sideMax: logoSideMax });
  const id = createHash("sha256").update(bytes).digest("hex");
  await inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    await tx.$executeRaw`
      DELETE FROM template_logos l WHERE l.created_at < now() - interval '1 day'
        AND NOT EXISTS (SELECT FROM templates t WHERE t.logo_id = l.id)`;
    await tx.$executeRaw`
      INSERT INTO template_logos (id, media_type, bytes) VALUES (${id}, ${picture.mediaType}, ${bytes})
      ON CONFLICT (id) DO UPDATE SET created_at = now()`;
    await recordAudit(tx, ctx, {
      action: "template.update",
      resource: { type: "template_logo", id },
      details: { ...picture, bytes: bytes.byteLength },
    });
  });
  return { id, url: `/api/v1/template-logos/${id}` };
}
