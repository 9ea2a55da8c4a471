package io.realmwright.hostagent.image.rest;

import io.realmwright.hostagent.image.Images;
import io.realmwright.hostagent.json.Hex;
import io.realmwright.hostagent.json.InvalidFieldsException;
import io.realmwright.hostagent.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Images go through as streams, in and out. */
@RestController
@RequestMapping("/v1/images/{sha256}")
class ImageController {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final Images images;

    ImageController(Images images) {
        this.images = images;
    }

    @PutMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<ImageBody> put(@PathVariable String sha256, HttpServletRequest request) throws IOException {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new InvalidFieldsException("sha256", "must be a SHA-256 as 64 lower-case hexadecimal digits");
        }
        if (request.getContentLengthLong() > images.limitBytes()) {
            throw tooLarge();
        }
        return switch (images.put(sha256, request.getInputStream())) {
            case Images.Upload.Kept(var sizeBytes, var isNew) ->
                (isNew ? ResponseEntity.created(URI.create(request.getRequestURI())) : ResponseEntity.ok())
                        .body(new ImageBody(sha256, Hex.of(sizeBytes)));
            case Images.Upload.OtherDigest(var actual) ->
                throw Problem.DIGEST_MISMATCH.because(
                        "The body's SHA-256 is another than the path's.", Map.of("expected", sha256, "actual", actual));
            case Images.Upload.TooLarge() -> throw tooLarge();
            case Images.Upload.Empty() -> throw new InvalidFieldsException("", "must be an image of at least one byte");
        };
    }

    @RequestMapping(method = RequestMethod.HEAD)
    void head(@PathVariable String sha256, HttpServletResponse response) {
        describe(sha256, response);
    }

    @GetMapping
    void get(@PathVariable String sha256, HttpServletResponse response) throws IOException {
        describe(sha256, response);
        images.copy(sha256, response.getOutputStream());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String sha256) {
        images.remove(sha256);
    }

    private void describe(String sha256, HttpServletResponse response) {
        var size = images.size(sha256)
                .orElseThrow(() -> Problem.IMAGE_NOT_FOUND.because("PUT the image under its SHA-256 first."));
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(size);
        response.setHeader(HttpHeaders.ETAG, '"' + sha256 + '"');
    }

    private ErrorResponseException tooLarge() {
        return Problem.PAYLOAD_TOO_LARGE.because(
                "An image may have at most " + images.limitBytes() + " bytes here.",
                Map.of("limitBytes", Hex.of(images.limitBytes())));
    }

    record ImageBody(String sha256, String sizeBytes) {}
}
