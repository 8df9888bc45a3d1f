#ifndef WIRE_BASELINE_H
#define WIRE_BASELINE_H

#include <stddef.h>
#include <stdint.h>

// Where a message lies in the buffer, and what its receiver knows of it.
struct message_place {
    uint64_t cookie;
    uint32_t offset;
    uint16_t length;
    uint8_t over_ip;
    uint8_t cookie_length;
    uint8_t has_sublayer;
};

// What a data message of L2TPv3 is to say.
struct data_header {
    uint64_t cookie;
    uint32_t session_id;
    uint32_t sequence_number;
    uint8_t over_ip;
    uint8_t cookie_length;
    uint8_t has_sublayer;
    uint8_t has_sequence_number;
};

// What a data message of L2TPv2 is to say.
struct data_header_v2 {
    uint16_t tunnel_id, session_id, ns, nr, offset_size, payload_length;
    uint8_t has_length, has_numbers, has_priority, has_offset;
};

// What a control message of L2TPv3, an ICRQ, is to say.
struct call_request {
    uint64_t cookie;
    uint32_t tunnel_id, session_id, serial_number;
    uint16_t ns, nr;
    uint8_t over_ip;
};

// What an error counts in a sum.
#define REFUSED 0x9E3779B9u

// Checks every message and sums up everything in its header and AVPs.
// A place outside of the bytes ends the program.
uint64_t baseline_parse(const uint8_t *bytes, size_t byte_count, const struct message_place *places, size_t count);

// Write one header behind the other, as far as there is room; return how many bytes they take.
size_t baseline_write_data(uint8_t *output, size_t capacity, const struct data_header *headers, size_t count);
size_t baseline_write_data_v2(uint8_t *output, size_t capacity, const struct data_header_v2 *headers, size_t count);

// Write one control message after the other into the same place; return the sum of their lengths and of one byte each.
// The first one refuses what does not fit, and a message is whole after every AVP; the other one ends the program.
uint64_t baseline_write_control(uint8_t *output, size_t capacity, const struct call_request *requests, size_t count);
uint64_t baseline_write_control_in_place(uint8_t *output, size_t capacity, const struct call_request *requests,
                                         size_t count);

#endif
