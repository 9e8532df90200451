import type { Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { readConnection } from "./queries";
import { isUserName, rdpFile } from "./rules";
import type { RdpQuery } from "./schema";

/**
 * A file that opens a Windows machine's desktop; it holds no secret.
 * @throws VM_NOT_FOUND, INVALID_STATE while no address is known, NOT_SUPPORTED where no Windows runs, VALIDATION_FAILED
 */
export async function renderRdp(ctx: Context, { vmId, user }: RdpQuery & { vmId: string }) {
  const { name, address, osFamily, user: known } = await readConnection(ctx, vmId);
  if (osFamily === "linux") throw new AppError("NOT_SUPPORTED", { operation: "rdp" });
  if (user !== undefined && !isUserName(user, "windows")) throw fieldRefused("user", "invalid_format");
  if (address === null)
    throw new AppError("INVALID_STATE", { object: "vm", state: "no_address", move: "connect" });
  const text = rdpFile({ user: user ?? known?.name ?? null, address });
  return {
    name: `${name.replaceAll(/[^A-Za-z0-9._-]/g, "_")}.rdp`,
    mediaType: "application/x-rdp",
    bytes: new TextEncoder().encode(text),
  };
}
