import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import type { Furniture } from "./furnish-system";
import { parametersOf } from "./list-doors";
import type { Filled, Requests } from "./request-table";
import { approvalRequests } from "./approval-requests";
import { calendarRequests } from "./calendar-requests";
import { identityRequests } from "./identity-requests";
import { noticeRequests } from "./notice-requests";
import { platformRequests } from "./platform-requests";
import { policyRequests } from "./policy-requests";
import { systemRequests } from "./system-requests";
import { workflowRequests } from "./workflow-requests";

/** The furniture's row each part of a path in braces names, by the path before it. */
const named: [RegExp, keyof Furniture][] = [
  [/^\/api\/v1\/systems\/\{id\}\/members\/\{userId\}/, "memberId"],
  [/\/cohort-mappings\/\{mappingId\}/, "mappingId"],
  [/\/role-bindings\/\{bindingId\}/, "accountBindingId"],
  [/\/users\/\{id\}\/sessions\/\{sessionId\}/, "accountSessionId"],
  [/\/users\/\{id\}\/tokens\/\{tokenId\}/, "accountTokenId"],
  [/\/service-accounts\/\{id\}\/tokens\/\{tokenId\}/, "serviceTokenId"],
  [/\/console\/tokens\/\{jti\}/, "consoleJti"],
  [/\/console-sessions\/\{jti\}/, "consoleJti"],
  [/\/console\/asks\/\{askId\}/, "consoleAskId"],
  [/\/clusters\/\{id\}\/namespaces\/\{name\}/, "namespaceName"],
  [/\/replays\/\{id\}/, "replayId"],
  [/\/change-windows\/\{id\}/, "windowId"],
  [/\/change-freezes\/\{id\}/, "freezeId"],
  [/\/reject-reasons\/\{id\}/, "rejectReasonId"],
  [/\/approval-policies\/\{id\}/, "policyId"],
  [/\/approval-workflows\/\{id\}/, "workflowId"],
  [/\/delegations\/\{id\}/, "delegationId"],
  [/\/external-approval-systems\/\{id\}/, "deskId"],
  [/\/deliveries\/\{deliveryId\}/, "deskDeliveryId"],
  [/\/approvals\/\{id\}/, "ticketId"],
  [/\/tasks\/\{id\}/, "ticketId"],
  [/\/tickets\/\{id\}/, "ticketId"],
  [/providers\/\{id\}/, "providerId"],
  [/\/clusters\/\{id\}/, "clusterId"],
  [/\/pending-adoptions\/\{id\}/, "adoptionId"],
  [/\/image-uploads\/\{id\}/, "uploadId"],
  [/\/environments\/\{name\}/, "environmentName"],
  [/\/instance-sizes\/\{name\}/, "sizeName"],
  [/\/namespaces\/\{id\}/, "namespaceId"],
  [/\/roles\/\{id\}/, "roleId"],
  [/\/service-accounts\/\{id\}/, "serviceAccountId"],
  [/\/users\/\{id\}/, "accountId"],
  [/\/auth\/sessions\/\{id\}/, "sessionId"],
  [/\/events\/\{id\}/, "eventId"],
  [/\/api-tokens\/\{id\}/, "tokenId"],
  [/\/notifications\/\{id\}/, "notificationId"],
  [/\/notification-channels\/\{id\}/, "channelId"],
  [/\/notification-deliveries\/\{id\}/, "deliveryId"],
  [/\/services\/\{id\}/, "serviceId"],
  [/\/systems\/\{id\}/, "systemId"],
  [/\/emergencies\/\{id\}/, "emergencyId"],
  [/\/vms\/batch\/\{id\}/, "batchId"],
  [/\/rate-limits\/exemptions\/\{id\}/, "accountId"],
  [/\/vms\/\{id\}/, "vmId"],
  [/\/snapshots\/\{id\}/, "snapshotId"],
  [/\/templates\/\{id\}/, "templateId"],
  [/\/template-logos\/\{id\}/, "logoId"],
  [/\/views\/\{id\}/, "viewId"],
  [/\/recordings\/\{id\}/, "recordingId"],
];

/** Where each part of the path leads in this furniture; a part nobody has thought of fails. */
export function fillPath(path: string, furniture: Furniture): Record<string, string> {
  return Object.fromEntries(parametersOf(path).map((name) => [name, valueOf(path, name, furniture)]));
}

function valueOf(path: string, name: string, furniture: Furniture): string {
  if (path.includes("{...")) return "unknown";
  if (name === "key") return "theme";
  if (path.includes("/notification-templates/")) return name === "locale" ? "en" : "VM_EXPIRY";
  if (name === "entity") return "instance_size";
  const place = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2);
  if (place.endsWith("/calendar/{feed}")) return "unknown";
  const row = named.find(([pattern]) => new RegExp(`${pattern.source}$`).test(place));
  const value = row && furniture[row[1]];
  if (typeof value !== "string") throw new Error(`nothing stands for {${name}} in ${path}`);
  return value;
}

/** A request that is right in itself, so that only the sender can be what is wrong with it. */
export async function fillRequest(name: string, furniture: Furniture): Promise<Filled> {
  const made = requests[name]?.(furniture) ?? {};
  if (!name.includes("clusters")) return made;
  const kubeconfig =
    name.endsWith("admin/clusters") || /\/(?:credentials|clusters\/test-connection)$/.test(name)
      ? await kubeconfigOnce()
      : null;
  return kubeconfig === null ? made : { body: { ...Object(made.body), kubeconfig } };
}

let kubeconfig: Promise<string> | undefined;
const kubeconfigOnce = () => (kubeconfig ??= aKubeconfig());

const requests: Requests = {
  ...approvalRequests,
  ...calendarRequests,
  ...identityRequests,
  ...noticeRequests,
  ...platformRequests,
  ...policyRequests,
  ...systemRequests,
  ...workflowRequests,
};
