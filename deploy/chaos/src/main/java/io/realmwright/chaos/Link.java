package io.realmwright.chaos;

import io.realmwright.processes.LocalRunException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A TCP connection's way from one process to another, which can be slow, cut off, or swallow what is sent. */
final class Link implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = new Weather.Fair();

    /** What a link does to what passes. */
    sealed interface Weather {
        record Fair() implements Weather {}

        /** Every piece waits for so long. */
        record Slow(Duration pause) implements Weather {}

        /** Connections break, and new ones are not taken. */
        record Cut() implements Weather {}

        /** Connections stay, and nothing passes. */
        record Swallowing() implements Weather {}
    }

    private Link(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    /** Opens a link to a port of this machine. */
    static Link to(int target) {
        try {
            var link = new Link(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().start(link::accept);
            return link;
        } catch (IOException e) {
            throw new LocalRunException("no link can be opened: " + e.getMessage(), e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    void become(Weather next) {
        weather = next;
        if (next instanceof Weather.Cut) {
            sockets.forEach(Link::closeQuietly);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                return; // the door was closed
            }
        }
    }

    private void connect(Socket near) {
        try {
            if (weather instanceof Weather.Cut) {
                forget(near);
                return;
            }
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            Thread.ofVirtual().start(() -> carry(near, far));
            carry(far, near);
        } catch (IOException e) {
            forget(near);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (passes()) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // one of the two hung up, or the link was cut
        } finally {
            forget(from);
            forget(to);
        }
    }

    private boolean passes() {
        return switch (weather) {
            case Weather.Fair() -> true;
            case Weather.Cut() -> false;
            case Weather.Swallowing() -> false;
            case Weather.Slow(var pause) -> {
                try {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield true;
            }
        };
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed either way
        }
    }

    @Override
    public void close() {
        closeQuietly(door);
        sockets.forEach(Link::closeQuietly);
    }
}
