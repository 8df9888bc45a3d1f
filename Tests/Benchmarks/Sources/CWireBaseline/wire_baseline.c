// The checks of L2TPWire as one would write them in C, to measure against: RFC 2661 §3.1 and §4.1, RFC 3931 §3.2.1, §4.1,
// §4.6 and §5.1. As there, the AVPs of a message are checked before the first of them is looked at.

#include "wire_baseline.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static uint16_t load16(const uint8_t *bytes) {
    uint16_t number;
    memcpy(&number, bytes, sizeof number);
    return __builtin_bswap16(number);
}

static uint32_t load32(const uint8_t *bytes) {
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return __builtin_bswap32(number);
}

static uint64_t load64(const uint8_t *bytes) {
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
    return __builtin_bswap64(number);
}

static uint64_t read_control(const uint8_t *bytes, size_t count, bool over_ip) {
    if (over_ip) {
        bytes += 4;
        count -= 4;
    }
    if (count < 12) return REFUSED;
    const uint16_t word = load16(bytes);
    if ((word & 0xC800) != 0xC800) return REFUSED;
    const unsigned version = word & 0x000F;
    if (version != 3 && (version != 2 || over_ip || (word & 0x0200))) return REFUSED;
    const size_t length = load16(bytes + 2);
    if (length < 12 || length != count) return REFUSED;

    const uint8_t *const end = bytes + length;
    for (const uint8_t *avp = bytes + 12; avp != end;) {
        if (end - avp < 6) return REFUSED;
        const size_t avp_length = load16(avp) & 0x03FF;
        if (avp_length < 6 || avp_length > (size_t)(end - avp)) return REFUSED;
        avp += avp_length;
    }
    if (length > 12) {
        const uint8_t *const first = bytes + 12;
        if ((load16(first) & 0x43FF) != 8 || load16(first + 4) != 0) return REFUSED;
    }

    uint64_t sum = version == 2 ? load16(bytes + 4) + (uint64_t)load16(bytes + 6) : load32(bytes + 4);
    sum += load16(bytes + 8) + (uint64_t)load16(bytes + 10);
    if (length > 12 && load16(bytes + 14) == 0) sum += load16(bytes + 18);
    const size_t start = over_ip ? 4 : 0;
    for (const uint8_t *avp = bytes + 12; avp != end;) {
        const uint16_t bits = load16(avp);
        const size_t avp_length = bits & 0x03FF;
        sum += (bits & 0x8000 ? 1 : 0) + (bits & 0x4000 ? 2 : 0) + load16(avp + 2) + (uint64_t)load16(avp + 4);
        sum += avp_length - 6 + (size_t)(avp - bytes) + start;
        if (avp_length > 6) sum += avp[6];
        avp += avp_length;
    }
    return sum;
}

static uint64_t read_data_v2(const uint8_t *bytes, size_t count) {
    const uint16_t word = load16(bytes);
    const bool has_length = word & 0x4000, has_numbers = word & 0x0800, has_offset = word & 0x0200;
    const size_t fixed_end = 6 + (has_length ? 2 : 0) + (has_numbers ? 4 : 0) + (has_offset ? 2 : 0);
    if (count < fixed_end) return REFUSED;
    size_t payload = fixed_end;
    uint64_t sum = word & 0x0100 ? 1 : 0;
    if (has_offset) {
        payload += load16(bytes + fixed_end - 2);
        sum += payload - fixed_end;
    }
    if (payload > count) return REFUSED;
    if (has_length) {
        const size_t length = load16(bytes + 2);
        if (length < payload || length != count) return REFUSED;
        sum += length;
    }
    const uint8_t *const identifiers = bytes + (has_length ? 4 : 2);
    sum += load16(identifiers) + (uint64_t)load16(identifiers + 2);
    if (has_numbers) sum += load16(identifiers + 4) + (uint64_t)load16(identifiers + 6);
    return sum + (count - payload);
}

static uint64_t read_data(const uint8_t *bytes, size_t count, const struct message_place *place) {
    size_t offset = 0;
    if (!place->over_ip) {
        if ((bytes[1] & 0x0F) != 3) return REFUSED;
        offset = 4;
    }
    if (count < offset + 4) return REFUSED;
    uint64_t sum = load32(bytes + offset);
    offset += 4;
    if (count < offset + place->cookie_length) return REFUSED;
    if (place->cookie_length == 4) sum += load32(bytes + offset) == place->cookie;
    if (place->cookie_length == 8) sum += load64(bytes + offset) == place->cookie;
    offset += place->cookie_length;
    if (place->has_sublayer) {
        if (count < offset + 4) return REFUSED;
        const uint32_t word = load32(bytes + offset);
        if (word & 0x40000000) sum += word & 0x00FFFFFF;
        offset += 4;
    }
    return sum + (count - offset);
}

static uint64_t read_message(const uint8_t *bytes, size_t count, const struct message_place *place) {
    if (place->over_ip) {
        if (count < 4) return REFUSED;
        return load32(bytes) == 0 ? read_control(bytes, count, true) : read_data(bytes, count, place);
    }
    if (count < 1) return REFUSED;
    if (bytes[0] & 0x80) return read_control(bytes, count, false);
    if (count < 2) return REFUSED;
    return (bytes[1] & 0x0F) == 2 ? read_data_v2(bytes, count) : read_data(bytes, count, place);
}

uint64_t baseline_parse(const uint8_t *bytes, size_t byte_count, const struct message_place *places, size_t count) {
    uint64_t sum = 0;
    for (size_t index = 0; index < count; ++index) {
        const struct message_place *const place = &places[index];
        if ((size_t)place->offset + place->length > byte_count) abort();
        sum += read_message(bytes + place->offset, place->length, place);
    }
    return sum;
}

static uint8_t *store16(uint8_t *output, uint16_t number) {
    number = __builtin_bswap16(number);
    memcpy(output, &number, sizeof number);
    return output + sizeof number;
}

static uint8_t *store32(uint8_t *output, uint32_t number) {
    number = __builtin_bswap32(number);
    memcpy(output, &number, sizeof number);
    return output + sizeof number;
}

static uint8_t *store64(uint8_t *output, uint64_t number) {
    number = __builtin_bswap64(number);
    memcpy(output, &number, sizeof number);
    return output + sizeof number;
}

size_t baseline_write_data(uint8_t *output, size_t capacity, const struct data_header *headers, size_t count) {
    uint8_t *next = output;
    for (size_t index = 0; index < count; ++index) {
        const struct data_header *const header = &headers[index];
        const size_t length = (header->over_ip ? 4 : 8) + header->cookie_length + (header->has_sublayer ? 4 : 0);
        if (capacity - (size_t)(next - output) < length) break;
        if (header->over_ip) next = store32(next, header->session_id);
        else next = store64(next, (uint64_t)0x00030000 << 32 | header->session_id);
        if (header->cookie_length == 4) next = store32(next, (uint32_t)header->cookie);
        if (header->cookie_length == 8) next = store64(next, header->cookie);
        if (header->has_sublayer)
            next = store32(next, header->has_sequence_number ? 0x40000000 | header->sequence_number : 0);
    }
    return (size_t)(next - output);
}

size_t baseline_write_data_v2(uint8_t *output, size_t capacity, const struct data_header_v2 *headers, size_t count) {
    uint8_t *next = output;
    for (size_t index = 0; index < count; ++index) {
        const struct data_header_v2 *const header = &headers[index];
        const size_t length = 6 + (header->has_length ? 2 : 0) + (header->has_numbers ? 4 : 0) +
                              (header->has_offset ? 2 + (size_t)header->offset_size : 0);
        if (capacity - (size_t)(next - output) < length) break;
        const uint16_t word = (uint16_t)(2 | (header->has_length ? 0x4000 : 0) | (header->has_numbers ? 0x0800 : 0) |
                                         (header->has_offset ? 0x0200 : 0) | (header->has_priority ? 0x0100 : 0));
        if (header->has_length) {
            if (length + header->payload_length > UINT16_MAX) break;
            next = store32(next, (uint32_t)word << 16 | (uint32_t)(length + header->payload_length));
        } else {
            next = store16(next, word);
        }
        next = store32(next, (uint32_t)header->tunnel_id << 16 | header->session_id);
        if (header->has_numbers) next = store32(next, (uint32_t)header->ns << 16 | header->nr);
        if (header->has_offset) {
            next = store16(next, header->offset_size);
            memset(next, 0, header->offset_size);
            next += header->offset_size;
        }
    }
    return (size_t)(next - output);
}

// A message under construction: whole at any time.
struct writer {
    uint8_t *start, *next, *end;
};

// What is known of an attribute type.
struct definition {
    uint16_t vendor_id, number;
    bool is_mandatory;
};

// For a program that writes whatever AVPs it has to. Not constants, and the function is not inlined: else the compiler
// would know the message beforehand, all but its numbers, and store it by a few moves.
struct definition message_type = {0, 0, true}, serial_number = {0, 15, false}, local_session_id = {0, 63, true},
                  remote_session_id = {0, 64, true}, assigned_cookie = {0, 65, true}, pseudowire_type = {0, 68, true},
                  sublayer = {0, 69, true}, data_sequencing = {0, 70, true}, circuit_status = {0, 71, true};

__attribute__((noinline)) static bool append_avp(struct writer *writer, const struct definition *definition,
                                                 const void *value, size_t length) {
    if (length > 1017 || (size_t)(writer->next - writer->start) + 6 + length > UINT16_MAX) return false;
    if ((size_t)(writer->end - writer->next) < 6 + length) return false;
    uint8_t *next = store16(writer->next, (uint16_t)((definition->is_mandatory ? 0x8000 : 0) | (6 + length)));
    next = store16(next, definition->vendor_id);
    next = store16(next, definition->number);
    memcpy(next, value, length);
    writer->next = next + length;
    store16(writer->start + 2, (uint16_t)(writer->next - writer->start));
    return true;
}

static bool append16(struct writer *writer, const struct definition *definition, uint16_t number) {
    number = __builtin_bswap16(number);
    return append_avp(writer, definition, &number, sizeof number);
}

static bool append32(struct writer *writer, const struct definition *definition, uint32_t number) {
    number = __builtin_bswap32(number);
    return append_avp(writer, definition, &number, sizeof number);
}

static bool append64(struct writer *writer, const struct definition *definition, uint64_t number) {
    number = __builtin_bswap64(number);
    return append_avp(writer, definition, &number, sizeof number);
}

// The length of a message, and each time another one of its bytes.
static uint64_t sum_of(const uint8_t *message, size_t length, size_t index) { return length + message[index % length]; }

uint64_t baseline_write_control(uint8_t *output, size_t capacity, const struct call_request *requests, size_t count) {
    uint64_t sum = 0;
    if (capacity < 16) return 0;
    for (size_t index = 0; index < count; ++index) {
        const struct call_request *const request = &requests[index];
        uint8_t *next = output;
        if (request->over_ip) next = store32(next, 0);
        struct writer writer = {next, next, output + capacity};
        next = store16(next, 0xC803);
        next = store16(next, 12);
        next = store32(next, request->tunnel_id);
        next = store16(next, request->ns);
        writer.next = store16(next, request->nr);
        if (append16(&writer, &message_type, 10) && append32(&writer, &local_session_id, request->session_id) &&
            append32(&writer, &remote_session_id, 0) &&
            append32(&writer, &serial_number, request->serial_number) && append16(&writer, &pseudowire_type, 5) &&
            append64(&writer, &assigned_cookie, request->cookie) && append16(&writer, &circuit_status, 1) &&
            append16(&writer, &sublayer, 1) && append16(&writer, &data_sequencing, 2))
            sum += sum_of(output, (size_t)(writer.next - output), index);
    }
    return sum;
}

// For a program that writes one message: the compiler knows the AVPs, and there is room for all of them or the program
// ends, as it does in Swift.
static inline uint8_t *put_avp(uint8_t *next, const uint8_t *end, uint16_t number, bool is_mandatory, const void *value,
                               size_t length) {
    if (length > 1017 || (size_t)(end - next) < 6 + length) abort();
    next = store16(next, (uint16_t)((is_mandatory ? 0x8000 : 0) | (6 + length)));
    next = store32(next, number);
    memcpy(next, value, length);
    return next + length;
}

static inline uint8_t *put16(uint8_t *next, const uint8_t *end, uint16_t number, bool is_mandatory, uint16_t value) {
    value = __builtin_bswap16(value);
    return put_avp(next, end, number, is_mandatory, &value, sizeof value);
}

static inline uint8_t *put32(uint8_t *next, const uint8_t *end, uint16_t number, bool is_mandatory, uint32_t value) {
    value = __builtin_bswap32(value);
    return put_avp(next, end, number, is_mandatory, &value, sizeof value);
}

static inline uint8_t *put64(uint8_t *next, const uint8_t *end, uint16_t number, bool is_mandatory, uint64_t value) {
    value = __builtin_bswap64(value);
    return put_avp(next, end, number, is_mandatory, &value, sizeof value);
}

uint64_t baseline_write_control_in_place(uint8_t *output, size_t capacity, const struct call_request *requests,
                                         size_t count) {
    uint64_t sum = 0;
    const uint8_t *const end = output + capacity;
    for (size_t index = 0; index < count; ++index) {
        const struct call_request *const request = &requests[index];
        if (capacity < (request->over_ip ? 16 : 12)) abort();
        uint8_t *next = output;
        if (request->over_ip) next = store32(next, 0);
        uint8_t *const start = next;
        next = store32(next, 0xC8030000);
        next = store32(next, request->tunnel_id);
        next = store32(next, (uint32_t)request->ns << 16 | request->nr);
        next = put16(next, end, 0, true, 10);
        next = put32(next, end, 63, true, request->session_id);
        next = put32(next, end, 64, true, 0);
        next = put32(next, end, 15, false, request->serial_number);
        next = put16(next, end, 68, true, 5);
        next = put64(next, end, 65, true, request->cookie);
        next = put16(next, end, 71, true, 1);
        next = put16(next, end, 69, true, 1);
        next = put16(next, end, 70, true, 2);
        const size_t length = (size_t)(next - start);
        if (length > UINT16_MAX) abort();
        store16(start + 2, (uint16_t)length);
        sum += sum_of(output, (size_t)(next - output), index);
    }
    return sum;
}
