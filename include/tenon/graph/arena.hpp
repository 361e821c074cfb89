// Memory that a plan hands out before there is any.
#pragma once

#include <tenon/core/list.hpp>

namespace tenon::detail {

/// A part of the arena that hands out blocks: the first gap that is large enough.
class Arena {
 public:
  constexpr long take(long size) {
    for (int i = 0; i < gaps_.size(); ++i) {
      Gap& gap = gaps_[i];
      if (gap.size < size) continue;
      const long at = gap.at;
      gap.at += size;
      gap.size -= size;
      if (gap.size == 0) remove(i);
      return at;
    }
    long at = end_;
    if (!gaps_.empty() && gaps_.back().at + gaps_.back().size == end_) at = gaps_.back().at, gaps_.pop_back();
    end_ = at + size;
    if (end_ > peak_) peak_ = end_;
    return at;
  }
  constexpr void give_back(long at, long size) {
    int i = 0;
    while (i < gaps_.size() && gaps_[i].at < at) ++i;
    gaps_.push_back({});
    for (int j = gaps_.size() - 1; j > i; --j) gaps_[j] = gaps_[j - 1];
    gaps_[i] = {at, size};
    if (i + 1 < gaps_.size() && at + size == gaps_[i + 1].at) gaps_[i].size += gaps_[i + 1].size, remove(i + 1);
    if (i > 0 && gaps_[i - 1].at + gaps_[i - 1].size == at) gaps_[i - 1].size += gaps_[i].size, remove(i);
  }
  constexpr long peak() const { return peak_; }

 private:
  struct Gap {
    long at = 0, size = 0;
  };
  constexpr void remove(int i) {
    for (; i + 1 < gaps_.size(); ++i) gaps_[i] = gaps_[i + 1];
    gaps_.pop_back();
  }
  List<Gap> gaps_;  // sorted by address, never touching
  long end_ = 0, peak_ = 0;
};

}  // namespace tenon::detail
