import { apiRoutes } from "@/app/_http/api-routes";
import { describeApi, listOperations } from "@/app/_http/openapi";

export async function GET(): Promise<Response> {
  const document = describeApi(await listOperations(apiRoutes()));
  return Response.json(document, { headers: { "cache-control": "no-cache" } });
}
