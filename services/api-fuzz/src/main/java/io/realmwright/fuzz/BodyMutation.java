package io.realmwright.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Makes something that is wrong, in one place or altogether, out of a body that is right. */
final class BodyMutation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper AS_IT_IS = new JsonMapper();
    private static final JsonMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final RandomGenerator random;

    BodyMutation(RandomGenerator random) {
        this.random = random;
    }

    byte[] write(JsonNode body) {
        String text = (random.nextBoolean() ? AS_IT_IS : ESCAPED).writeValueAsString(body);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Changes one to three places in the tree. */
    JsonNode mutated(JsonNode body) {
        JsonNode copy = body.deepCopy();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(copy, containers);
            if (containers.isEmpty()) {
                return other();
            }
            switch (containers.get(random.nextInt(containers.size()))) {
                case ObjectNode object -> change(object);
                case ArrayNode array -> change(array);
                default -> throw new IllegalStateException("a container is an object or an array");
            }
        }
        return copy;
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private void change(ObjectNode object) {
        List<String> names = new ArrayList<>(object.propertyNames());
        if (names.isEmpty() || random.nextInt(6) == 0) {
            object.set(Hostile.text(random), other());
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.putNull(name);
            case 2 -> object.set(name, JSON.arrayNode().add(object.get(name)));
            case 3 -> object.set(name + " ", object.remove(name));
            case 4 -> object.put(name, name.equals("when") ? Hostile.rule(random) : Hostile.text(random));
            default -> object.set(name, other());
        }
    }

    private void change(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(3) == 0) {
            array.add(other());
            return;
        }
        int index = random.nextInt(array.size());
        switch (random.nextInt(4)) {
            case 0 -> array.remove(index);
            case 1 -> array.set(index, other());
            case 2 -> array.add(array.get(index).deepCopy());
            default -> {
                JsonNode repeated = array.get(index);
                for (int i = random.nextInt(1, 1_200); i > 0; i--) {
                    array.add(repeated);
                }
            }
        }
    }

    /** Something of any type. */
    private JsonNode other() {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.arrayNode();
            case 3 -> JSON.objectNode();
            case 4 -> JSON.rawValueNode(new RawValue(nested(random.nextInt(1, 20_000))));
            case 5 -> JSON.rawValueNode(new RawValue(Hostile.number(random)));
            default -> JSON.stringNode(Hostile.text(random));
        };
    }

    private String nested(int depth) {
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    /** Breaks the text itself. */
    byte[] broken(byte[] body) {
        byte[] text = body.clone();
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(text, random.nextInt(text.length + 1));
            case 1 -> joined(text, text);
            case 2 -> joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, text);
            case 3 -> new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 4 -> joined(text, new byte[] {(byte) 0xff, (byte) 0xc0, (byte) 0x80});
            case 5 -> nested(100_000).getBytes(StandardCharsets.UTF_8);
            case 6 -> new byte[0];
            case 7 ->
                random.ints(random.nextInt(1, 2_000), 0, 256)
                        .collect(
                                java.io.ByteArrayOutputStream::new,
                                java.io.ByteArrayOutputStream::write,
                                (a, b) -> a.writeBytes(b.toByteArray()))
                        .toByteArray();
            default -> {
                for (int i = random.nextInt(1, 4); i > 0 && text.length > 0; i--) {
                    text[random.nextInt(text.length)] = (byte) random.nextInt(256);
                }
                yield text;
            }
        };
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
