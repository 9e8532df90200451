import { furnishSystem } from "@/e2e/security/identity/doors/furnish-system";
import { closeConnections } from "@/lib/core/close-connections";

/** A row of every kind that a page of the portal shows. */
try {
  await furnishSystem();
} finally {
  await closeConnections();
}
