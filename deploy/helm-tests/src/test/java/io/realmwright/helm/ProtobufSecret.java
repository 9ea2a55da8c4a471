package io.realmwright.helm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.BiConsumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a Secret out of Kubernetes' protobuf: four bytes of magic, a {@code runtime.Unknown} and in that the object. Field
 * numbers are those of the {@code generated.proto} of k8s.io/apimachinery and k8s.io/api.
 */
final class ProtobufSecret {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int UNKNOWN_RAW = 2;
    private static final int SECRET_METADATA = 1;
    private static final int SECRET_DATA = 2;
    private static final int SECRET_TYPE = 3;
    private static final int META_NAME = 1;
    private static final int META_NAMESPACE = 3;
    private static final int META_LABELS = 11;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private ProtobufSecret() {}

    static ObjectNode read(byte[] body) {
        if (!Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new AssertionError("this is no object in Kubernetes' protobuf");
        }
        ObjectNode secret = new JsonMapper().createObjectNode().put("apiVersion", "v1");
        fields(Arrays.copyOfRange(body, MAGIC.length, body.length), (number, raw) -> {
            if (number == UNKNOWN_RAW) {
                fields(raw, (field, value) -> secretField(secret, field, value));
            }
        });
        return secret;
    }

    private static void secretField(ObjectNode secret, int field, byte[] value) {
        switch (field) {
            case SECRET_METADATA -> fields(value, (number, content) -> metaField(secret, number, content));
            case SECRET_DATA ->
                entry(
                        value,
                        (key, bytes) -> secret.withObject("/data")
                                .put(key, Base64.getEncoder().encodeToString(bytes)));
            case SECRET_TYPE -> secret.put("type", text(value));
            default -> {} // Helm sets nothing else
        }
    }

    private static void metaField(ObjectNode secret, int field, byte[] value) {
        var metadata = secret.withObject("/metadata");
        switch (field) {
            case META_NAME -> metadata.put("name", text(value));
            case META_NAMESPACE -> metadata.put("namespace", text(value));
            case META_LABELS ->
                entry(value, (key, bytes) -> metadata.withObject("/labels").put(key, text(bytes)));
            default -> {} // Helm sets nothing else
        }
    }

    private static void entry(byte[] entry, BiConsumer<String, byte[]> put) {
        byte[][] pair = {{}, {}};
        fields(entry, (number, value) -> {
            if (number == ENTRY_KEY || number == ENTRY_VALUE) {
                pair[number - 1] = value;
            }
        });
        put.accept(text(pair[0]), pair[1]);
    }

    /** Tells every field that has a length, and passes over numbers. */
    private static void fields(byte[] message, BiConsumer<Integer, byte[]> field) {
        ByteBuffer rest = ByteBuffer.wrap(message);
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            switch ((int) (tag & 7)) {
                case 0 -> varint(rest);
                case 1 -> rest.position(rest.position() + Long.BYTES);
                case 2 -> {
                    byte[] value = new byte[(int) varint(rest)];
                    rest.get(value);
                    field.accept((int) (tag >>> 3), value);
                }
                case 5 -> rest.position(rest.position() + Integer.BYTES);
                default -> throw new AssertionError("a wire type that protobuf 3 does not have");
            }
        }
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
