// What a safetensors file says of its tensors before it gives them.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/io/safetensors_entry.hpp>

namespace tenon {

namespace detail {

// "(2, 3)"
inline std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (const std::size_t extent : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(extent);
  return text + ")";
}

// nlohmann's parser keeps the last of several equal keys; here the second one is an error.
inline nlohmann::json parse_without_duplicates(std::string_view text) {
  std::vector<std::set<std::string>> keys;  // of the objects that are open
  const auto check = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::key && !keys.back().insert(value.get<std::string>()).second)
      throw std::runtime_error("two entries are named '" + value.get<std::string>() + "'");
    return true;
  };
  try {
    return nlohmann::json::parse(text.begin(), text.end(), check);
  } catch (const nlohmann::json::exception& error) {
    throw std::runtime_error(std::string("the header is no valid JSON: ") + error.what());
  }
}

inline std::vector<std::size_t> sizes_of(const nlohmann::json& list, const std::string& what) {
  if (!list.is_array()) throw std::runtime_error(what + " is no list");
  std::vector<std::size_t> sizes;
  for (const auto& size : list) {
    if (!size.is_number_unsigned())
      throw std::runtime_error(what + " holds what is no whole number of 0 or more");
    sizes.push_back(size.get<std::size_t>());
  }
  return sizes;
}

inline SafetensorsEntry entry_of(const std::string& name, const nlohmann::json& json) {
  const std::string tensor = "tensor '" + name + "'";
  if (!json.is_object()) throw std::runtime_error(tensor + " is no object");
  for (const char* key : {"dtype", "shape", "data_offsets"})
    if (!json.contains(key)) throw std::runtime_error(tensor + " has no " + key);
  if (!json["dtype"].is_string()) throw std::runtime_error(tensor + ": dtype is no string");

  SafetensorsEntry entry{name, json["dtype"].get<std::string>(), sizes_of(json["shape"], tensor + ": shape")};
  const auto offsets = sizes_of(json["data_offsets"], tensor + ": data_offsets");
  if (offsets.size() != 2) throw std::runtime_error(tensor + ": " + std::to_string(offsets.size()) + " data_offsets, expected 2");
  entry.begin = offsets[0];
  entry.end = offsets[1];
  if (entry.begin > entry.end) throw std::runtime_error(tensor + ": data_offsets run backwards");

  std::size_t bytes = safetensors_bytes(entry.dtype);
  if (bytes == 0) throw std::runtime_error(tensor + ": unknown dtype '" + entry.dtype + "'");
  const bool empty = std::find(entry.shape.begin(), entry.shape.end(), std::size_t{0}) != entry.shape.end();
  for (const std::size_t extent : entry.shape) {
    if (!empty && bytes > SIZE_MAX / extent)
      throw std::runtime_error(tensor + ": shape " + shape_text(entry.shape) + " has more bytes than can be counted");
    bytes *= extent;
  }
  if (entry.end - entry.begin != bytes)
    throw std::runtime_error(tensor + ": " + entry.dtype + " of shape " + shape_text(entry.shape) + " has " +
                             std::to_string(bytes) + " bytes, its data_offsets span " +
                             std::to_string(entry.end - entry.begin));
  return entry;
}

}  // namespace detail

/// Reads the JSON header of a safetensors file behind which `data_size` bytes of tensors follow.
/// Throws std::runtime_error unless it is as https://github.com/huggingface/safetensors#format says: valid JSON without
/// equal names; per tensor a known dtype, a shape, and data_offsets of the very size of both; the tensors side by side,
/// without overlap or hole, from the first byte of the data to the last.
inline SafetensorsHeader parse_safetensors_header(std::string_view text, std::size_t data_size) {
  if (!text.starts_with('{')) throw std::runtime_error("the header does not start with '{'");
  SafetensorsHeader header;
  const nlohmann::json json = detail::parse_without_duplicates(text);
  for (const auto& [name, value] : json.items()) {
    if (name != "__metadata__") {
      header.tensors.push_back(detail::entry_of(name, value));
      continue;
    }
    if (!value.is_object()) throw std::runtime_error("__metadata__ is no object");
    for (const auto& [key, content] : value.items()) {
      if (!content.is_string()) throw std::runtime_error("__metadata__: '" + key + "' is no string");
      header.metadata[key] = content.get<std::string>();
    }
  }
  std::sort(header.tensors.begin(), header.tensors.end(), [](const auto& a, const auto& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::size_t position = 0;
  for (const SafetensorsEntry& entry : header.tensors) {
    if (entry.begin != position)
      throw std::runtime_error("tensor '" + entry.name + "' starts at byte " + std::to_string(entry.begin) + " of the data, " +
                               (entry.begin < position ? "inside the one before it" : "behind a hole") + ", which ends at " +
                               std::to_string(position));
    position = entry.end;
    if (position > data_size)
      throw std::runtime_error("truncated: tensor '" + entry.name + "' ends at byte " + std::to_string(position) +
                               " of the data, of which there are " + std::to_string(data_size));
  }
  if (position < data_size)
    throw std::runtime_error("oversized: " + std::to_string(data_size - position) + " bytes behind the last tensor");
  return header;
}

}  // namespace tenon
