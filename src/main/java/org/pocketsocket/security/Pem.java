package org.pocketsocket.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys in PEM files: {@code PUBLIC KEY}, {@code CERTIFICATE}, {@code PRIVATE KEY} (PKCS 8). */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private Pem() {}

    /** @throws IllegalArgumentException with a sentence, when there is none in it */
    static PublicKey publicKey(Path file) {
        if (read(file) instanceof PublicKey key) {
            return key;
        }
        throw without("public key or certificate", file);
    }

    /** @throws IllegalArgumentException with a sentence, when there is none in it */
    static PrivateKey privateKey(Path file) {
        if (read(file) instanceof PrivateKey key) {
            return key;
        }
        throw without("private key (PKCS 8)", file);
    }

    private static Key read(Path file) {
        try {
            Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (block.find()) {
                return key(block.group(1), block.group(2));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " cannot be read as a PEM file with a key", e);
        }
        throw without("key in PEM", file);
    }

    private static Key key(String label, String body) throws GeneralSecurityException {
        byte[] bytes = Base64.getMimeDecoder().decode(body);
        return switch (label) {
            case "PUBLIC KEY" -> any(new X509EncodedKeySpec(bytes));
            case "PRIVATE KEY" -> any(new PKCS8EncodedKeySpec(bytes));
            case "CERTIFICATE" ->
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(bytes))
                        .getPublicKey();
            default -> throw new IllegalArgumentException("a " + label + " is of no use");
        };
    }

    /** Which algorithm a key is for stands inside: only its own factory takes it. */
    private static Key any(KeySpec spec) throws GeneralSecurityException {
        for (String kind : KINDS) {
            try {
                KeyFactory factory = KeyFactory.getInstance(kind);
                return spec instanceof X509EncodedKeySpec
                        ? factory.generatePublic(spec)
                        : factory.generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // the next one
            }
        }
        throw new InvalidKeySpecException("neither RSA nor EC nor Ed25519");
    }

    private static IllegalArgumentException without(String wanted, Path file) {
        return new IllegalArgumentException("there is no " + wanted + " in " + file);
    }
}
