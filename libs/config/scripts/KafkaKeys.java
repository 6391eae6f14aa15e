import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kafka.server.DynamicBrokerConfig$;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Prints Kafka's settings from its own tables, a line each: broker|topic, name, type, update mode, validator. */
public class KafkaKeys {
    public static void main(String[] arguments) {
        Map<String, String> modes = DynamicBrokerConfig$.MODULE$.dynamicConfigUpdateModes();
        print("broker", KafkaConfig.configDef(), modes);
        print("topic", LogConfig.configDefCopy(), Map.of());
    }

    private static void print(String kind, ConfigDef definition, Map<String, String> modes) {
        Collection<ConfigDef.ConfigKey> keys = new TreeMap<>(definition.configKeys()).values();
        for (ConfigDef.ConfigKey key : keys) {
            if (key.internalConfig) continue;
            String mode = modes.getOrDefault(key.name, "read-only");
            String type = key.type.name().toLowerCase(Locale.ROOT);
            System.out.println(String.join("\t", kind, key.name, type, mode, String.valueOf(key.validator)));
        }
    }
}
