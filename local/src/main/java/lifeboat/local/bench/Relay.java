package lifeboat.local.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between clients and one server and counts every byte, both ways. It costs time, so that nothing is timed
/// through it.
final class Relay implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ServerSocket door;
    private final int server;
    private final AtomicLong bytes = new AtomicLong();

    private Relay(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /// Opens one to a port of this machine.
    static Relay to(int server) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.startVirtualThread(relay::serve);
        return relay;
    }

    int port() {
        return door.getLocalPort();
    }

    long bytes() {
        return bytes.get();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> pump(client, behind));
                Thread.startVirtualThread(() -> pump(behind, client));
            } catch (IOException ended) {
                // The door was closed, or the server is gone: what wants to connect is told by its own failure.
                return;
            }
        }
    }

    /// Until one side ends; then the other is told by the end of its stream.
    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.addAndGet(read);
                out.write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // Whoever is at the other end sees the connection end, and fails by that.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
