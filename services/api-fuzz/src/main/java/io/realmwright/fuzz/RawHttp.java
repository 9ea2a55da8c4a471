package io.realmwright.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** HTTP/1.1 as it stands, without a client library that would keep us from sending what nobody should send. */
final class RawHttp {
    private static final int BODY_MAX = 64 << 20;

    private final int port;
    private final Duration patience;

    RawHttp(int port, Duration patience) {
        this.port = port;
        this.patience = patience;
    }

    /** A request; what it is made of goes over the wire unchecked. */
    @SuppressWarnings("ArrayRecordComponent") // compared with nothing
    record Request(String method, String target, List<Map.Entry<String, String>> headers, byte[] body) {
        String describe() {
            var text = new StringBuilder(method + " " + target + "\n");
            headers.forEach(header -> text.append(header.getKey())
                    .append(": ")
                    .append(shortened(header.getValue()))
                    .append('\n'));
            return text.append('\n')
                    .append(shortened(new String(body, StandardCharsets.UTF_8)))
                    .toString();
        }

        private static String shortened(String text) {
            int most = 2_000;
            return text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
        }
    }

    /** An answer; {@code body} is cut after the first bytes if it is a stream that never ends. */
    @SuppressWarnings("ArrayRecordComponent") // compared with nothing
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }

        boolean isStream() {
            return header("content-type").startsWith("text/event-stream");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** @throws SocketTimeoutException if there is no whole answer in time */
    Answer send(Request request) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) patience.toMillis());
            socket.setTcpNoDelay(true);
            write(socket, request);
            return read(new Deadlined(socket, deadline), request.method().equals("HEAD"));
        }
    }

    private static void write(Socket socket, Request request) throws IOException {
        var head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\nHost: localhost\r\n");
        head.append("Connection: close\r\n");
        request.headers()
                .forEach(header -> head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("\r\n"));
        if (request.body().length > 0 || !request.method().equals("GET")) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        try {
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(request.body());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // Refused before it was read to its end: the answer tells.
        }
    }

    private static Answer read(InputStream in, boolean bodiless) throws IOException {
        String statusLine = line(in);
        if (!statusLine.matches("HTTP/1\\.[01] [0-9]{3}.*")) {
            throw new IOException("no answer, but: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        var answer = new Answer(status, headers, new byte[0]);
        if (bodiless || status == 204 || status == 304) {
            return answer;
        }
        if (answer.isStream()) {
            return answer;
        }
        byte[] body = answer.header("transfer-encoding").equals("chunked")
                ? chunks(in)
                : headers.containsKey("content-length")
                        ? in.readNBytes(Integer.parseInt(answer.header("content-length")))
                        : in.readAllBytes();
        return new Answer(status, headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).split(";", 2)[0], 16);
            if (size == 0) {
                return body.toByteArray();
            }
            body.writeBytes(in.readNBytes(size));
            line(in);
            if (body.size() > BODY_MAX) {
                throw new IOException("an answer of more than " + BODY_MAX + " bytes");
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended within \"" + line + "\"");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** An answer that trickles is as late as one that does not come. */
    private static final class Deadlined extends BufferedInputStream {
        private final Socket socket;
        private final long deadline;

        Deadlined(Socket socket, long deadline) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
            this.deadline = deadline;
        }

        @Override
        public synchronized int read() throws IOException {
            hurry();
            return super.read();
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
            hurry();
            return super.read(bytes, offset, length);
        }

        private void hurry() throws IOException {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("the answer did not end in time");
            }
            socket.setSoTimeout((int) left);
        }
    }
}
