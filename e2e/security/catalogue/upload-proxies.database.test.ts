import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PATCH as update } from "@/app/api/v1/admin/clusters/[id]/route";
import { aCluster } from "@/e2e/factories/cluster";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { sendToUploadProxy } from "@/lib/adapters/kubevirt/upload-proxy";
import { findUploadTarget } from "@/lib/catalog/uploads/find-upload-target";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { openSuite } from "../count-refusals";
import { countConnections, type ConnectionCounter } from "./count-connections";
import { startHostileCluster, type HostileCluster } from "./hostile-cluster";
import { refusalOfAnswer, type Refusal } from "./read-refusal";
import { anAdministratorsCookie, sendText } from "./send-text";
import { tryInput } from "./try-input";

const suite = openSuite("upload proxies");
const inputsMin = 60;

let connections: ConnectionCounter;
let cluster: HostileCluster;
let clusterId: string;
let cookie: string;

const place = () => ({ clusterId, namespace: "shepherd-images", name: "image" });
const tokens = "POST /apis/upload.cdi.kubevirt.io/v1beta1/namespaces/shepherd-images/uploadtokenrequests";

beforeAll(async () => {
  cluster = await startHostileCluster();
  clusterId = (await aCluster({ kubeconfig: cluster.kubeconfig })).id;
  cookie = await anAdministratorsCookie();
  cluster.answers.set(
    tokens,
    JSON.stringify({ metadata: { name: "a", namespace: "shepherd-images" }, status: { token: "abc" } }),
  );
  tell("proxy.example");
  // The cluster itself is called on one connection that stays.
  await findUploadTarget(place());
  connections = await countConnections();
});
afterAll(async () => {
  await connections.close();
  closeClusterConnections();
  await cluster.stop();
  suite.print(inputsMin);
});

function tell(uploadProxyURL: unknown): void {
  cluster.answers.set(
    "/apis/cdi.kubevirt.io/v1beta1/cdiconfigs/config",
    JSON.stringify({ metadata: { name: "config" }, status: { uploadProxyURL } }),
  );
}

/** Private networks may be named: a cluster's proxy lives inside the company. */
function hostileProxies(): string[] {
  const trap = `127.0.0.1:${connections.trapPort}`;
  return [
    ...[
      `http://${trap}`,
      `HTTP://${trap}`,
      `ws://${trap}`,
      `file:///etc/passwd`,
      "unix:///var/run/docker.sock",
    ],
    ...[
      `https://user:word@${trap}`,
      `user:word@${trap}`,
      `https://@${trap}`,
      `https://${trap}#x`,
      `${trap}#x`,
    ],
    ...[`https://${trap}?x=1`, `${trap}?x=1`, `https:\\\\${trap}`, `https:///${trap}`, `https:${trap}`],
    ...[
      "169.254.169.254",
      "https://169.254.169.254",
      "https://0xa9fea9fe",
      "2852039166",
      "169.254.169.254:443",
    ],
    ...["https://[fe80::1]", "https://[::ffff:169.254.169.254]", "https://[fd00:ec2::254]", "0.0.0.0"],
    ...["100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1", "[ff02::1]", "[::]"],
    ...[`${trap}/a/../b`, `${trap}/%2e%2e/b`, `${trap}/a b`, `${trap}/\u0000`, `${trap}\r\nHost: x`],
    ...["https://", "https://a b", `https://${trap}/\u202e`, "x".repeat(3_000), "https://１６９.254.169.254"],
  ];
}

const aStream = () => Readable.from([Buffer.alloc(512)]);

async function refusalOfDelivery(): Promise<Refusal | null> {
  try {
    const target = await findUploadTarget(place());
    const image = { body: aStream(), sizeBytes: 512, signal: AbortSignal.timeout(5_000) };
    await sendToUploadProxy(target, { ...image, onSent: () => undefined, onWhole: () => undefined });
    return null;
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    return { code: error.kind, fields: [error.reason ?? ""], text: error.message };
  }
}

test("told by a cluster", async () => {
  for (const url of hostileProxies()) {
    tell(url);
    await tryInput(
      { suite, connections },
      {
        name: `told ${JSON.stringify(url).slice(0, 80)}`,
        attempt: refusalOfDelivery,
        // What is no address at all counts as none.
        isRight: ({ code, fields }) =>
          code === "rejected" && ["ProxyAddress", "ProxyMissing"].includes(fields.join()),
      },
    );
  }
});

test.each([
  ["a number", 7],
  ["a list", ["https://a.example"]],
  ["an object", {}],
  ["nothing", ""],
  ["null", null],
])("told as %s", async (name, url) => {
  tell(url);
  await tryInput(
    { suite, connections },
    { name: `told as ${name}`, attempt: refusalOfDelivery, isRight: ({ code }) => code === "rejected" },
  );
});

test("given by an administrator", async () => {
  for (const url of hostileProxies().filter((one) => one.includes("://") || one.includes("\\"))) {
    await tryInput(
      { suite, connections },
      {
        name: `given ${JSON.stringify(url).slice(0, 80)}`,
        attempt: () =>
          refusalOfAnswer(
            sendText(update, {
              ...{ method: "PATCH", cookie, params: { id: clusterId } },
              body: { version: 1, upload_proxy_url: url },
            }),
          ),
        isRight: ({ code, fields }) => code === "VALIDATION_FAILED" && fields.includes("upload_proxy_url"),
      },
    );
  }
});

test("a proxy that may be called is", async () => {
  const before = connections.trapped();
  tell(`127.0.0.1:${connections.trapPort}`);
  expect(await refusalOfDelivery()).toMatchObject({ code: "unavailable" });
  expect(connections.trapped()).toBe(before + 1);
});
