package io.realmwright.machine.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A call to be made.
 *
 * @param list what the caller has put into its page of descriptors
 */
public record Call(String command, List<Long> arguments, List<Long> list) {
    static Call of(String command, long... arguments) {
        return new Call(command, Arrays.stream(arguments).boxed().toList(), List.of());
    }

    Call withList(List<Long> words) {
        return new Call(command, arguments, words);
    }

    long argument(int number) {
        return arguments.get(number);
    }

    @Override
    public String toString() {
        return command + hex(arguments) + (list.isEmpty() ? "" : " list " + hex(list));
    }

    private static String hex(List<Long> words) {
        return words.stream().map(word -> "0x" + Long.toHexString(word)).collect(Collectors.joining(", ", "(", ")"));
    }
}
