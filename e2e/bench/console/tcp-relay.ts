import net from "node:net";
import tls from "node:tls";

/** What a console proxy is measured against: bytes in, bytes out. With an authority given it speaks TLS onward. */
const [port = "", caPem = ""] = process.argv.slice(2);

const server = net.createServer({ noDelay: true }, (near) => {
  const target = { host: "127.0.0.1", port: Number(port) };
  const far = caPem === "" ? net.connect(target) : tls.connect({ ...target, ca: caPem });
  far.setNoDelay(true);
  near.pipe(far).pipe(near);
  for (const socket of [near, far]) {
    socket.on("error", () => undefined);
    socket.once("close", () => {
      near.destroy();
      far.destroy();
    });
  }
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as net.AddressInfo).port }));
process.once("disconnect", () => process.exit(0));
