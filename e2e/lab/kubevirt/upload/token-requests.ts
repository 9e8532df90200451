import type { Answer, Call } from "../call";
import { ok, parseObject } from "../call";
import type { Cluster } from "../cluster";
import { badRequest } from "../failures";
import { objectAt, textAt } from "../json";

export const uploadGroup = "upload.cdi.kubevirt.io";
export const tokenRequests = "uploadtokenrequests";

const pattern = /^\/apis\/upload\.cdi\.kubevirt\.io\/v1beta1\/namespaces\/([^/]+)\/uploadtokenrequests$/;

/** The namespace in which a token is asked for; undefined on any other path. */
export function namespaceOfTokenRequest(path: string): string | undefined {
  const [, namespace] = pattern.exec(path) ?? [];
  return namespace === undefined ? undefined : decodeURIComponent(namespace);
}

/** CDI signs a token for any claim name; whether there is such a claim shows when the token is used. */
export function answerTokenRequest(cluster: Cluster, call: Call, namespace: string): Answer {
  const body = parseObject(call);
  const claimName = textAt(body, "spec", "pvcName");
  if (claimName === undefined) throw badRequest("spec.pvcName is missing");
  return ok({
    kind: "UploadTokenRequest",
    apiVersion: `${uploadGroup}/v1beta1`,
    metadata: { ...objectAt(body, "metadata"), namespace },
    spec: { pvcName: claimName },
    status: { token: cluster.uploads.tokens.issue({ namespace, claimName }) },
  });
}
