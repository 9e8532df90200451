import { ChildProgram } from "./e2e/bench/console/child-program";
import { receive, openSocket, Visitors } from "./e2e/bench/console/visitors";
import { startOwnDatabase } from "./e2e/faults/own-database";
const database = await startOwnDatabase();
const farEnd = new ChildProgram("e2e/bench/console/far-end.ts"); const far:any = await farEnd.news();
process.env.NODE_OPTIONS="--cpu-prof --cpu-prof-dir=/tmp/wsb/prof3";
const proxy = new ChildProgram("lib/processes/console.ts", [], { CONSOLE_PORT: "9777", PUBLIC_BASE_URL: "http://bench.example", NODE_ENV: "production" });
delete process.env.NODE_OPTIONS;
while (!(await fetch("http://127.0.0.1:9777/health").then(r=>r.ok,()=>false))) await new Promise(r=>setTimeout(r,100));
const v = await Visitors.to(far.kubeconfig, 9777, "http://bench.example");
for (let i=0;i<4;i++){ const s=await v.connect(); const c=proxy.cpuSeconds(); const sec=await receive(s,{bytes:256*2**20,frame:16384}); console.log(sec.toFixed(2),"s cpu/GiB",((proxy.cpuSeconds()-c)*4).toFixed(2)); s.terminate(); }
await proxy.end(); await farEnd.end(); process.exit(0);
