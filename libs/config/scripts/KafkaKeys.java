import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Prints Kafka's settings from its own tables, a line each: broker|topic, name, type, update mode, validator. */
public class KafkaKeys {
    public static void main(String[] arguments) throws ReflectiveOperationException {
        print("broker", KafkaConfig.configDef(), updateModes());
        print("topic", LogConfig.configDefCopy(), Map.of());
    }

    /** The class moved from Scala to Java within 4.x. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> updateModes() throws ReflectiveOperationException {
        String method = "dynamicConfigUpdateModes";
        try {
            Class<?> java = Class.forName("org.apache.kafka.server.config.DynamicBrokerConfig");
            return (Map<String, String>) java.getMethod(method).invoke(null);
        } catch (ClassNotFoundException | NoSuchMethodException older) {
            Class<?> scala = Class.forName("kafka.server.DynamicBrokerConfig$");
            return (Map<String, String>) scala.getMethod(method).invoke(scala.getField("MODULE$").get(null));
        }
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
