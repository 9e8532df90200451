import { db } from "@/lib/core/db";

/** What accepted input of the catalogue would leave: rows, changed rows, records of success, questions and jobs. */
export async function countWrites(): Promise<string> {
  const rows = await db().$queryRaw<{ counts: object }[]>`
    SELECT json_build_object(
      'clusters', (SELECT count(*) || '/' || coalesce(sum(version), 0) FROM clusters),
      'credentials', (SELECT count(*) || '/' || coalesce(max(rotated_at)::text, '') FROM cluster_credentials),
      'policies', (SELECT count(*) FROM cluster_policies),
      'sizes', (SELECT count(*) || '/' || coalesce(sum(version), 0) FROM instance_sizes),
      'templates', (SELECT count(*) || '/' || coalesce(sum(revision), 0) FROM templates),
      'logos', (SELECT count(*) FROM template_logos),
      'uploads', (SELECT count(*) FROM image_uploads),
      'machines', (SELECT count(*) FROM vms),
      'adopted', (SELECT count(*) FROM pending_adoptions WHERE status = 'ADOPTED'),
      'fields', (SELECT count(*) FROM schema_cache WHERE source = 'remote'),
      'tickets', (SELECT count(*) FROM approval_tickets),
      'events', (SELECT count(*) FROM domain_events),
      'notifications', (SELECT count(*) FROM notifications),
      'successes', (SELECT count(*) FROM audit_logs WHERE outcome = 'success'),
      'questions', (SELECT count(*) FROM worker_questions),
      'jobs', (SELECT count(*) FROM pgboss.job)) AS counts`;
  return JSON.stringify(rows[0]?.counts);
}
