import type { CommunityFile } from './community-file.js';
import { purgeDeleted } from './purge.js';

/** How many articles a server can add. */
export const MAX_ADDED = 200;

/** An article that people added to a server. */
export interface AddedArticle {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly serverId: string;
  /** The channel that the message is in; null if everyone in the server may see the article. */
  readonly channelId: string | null;
  /** The message that it was made from; null for a file. */
  readonly messageId: string | null;
  readonly title: string;
  /** The name of its file, such as `handbook.txt`: its ending says how the content is read. */
  readonly fileName: string;
  readonly content: string;
  /** URL of the message; null for a file. */
  readonly url: string | null;
  /** Who wrote the message; null for a file. */
  readonly authorId: string | null;
  /** The name of who wrote it, if they have agreed that it is shown. */
  readonly authorName: string | null;
  /** Who added it; null once they are forgotten. */
  readonly addedBy: string | null;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

const COLUMNS =
  'id, server AS serverId, channel AS channelId, message AS messageId, title, file_name AS fileName, content, url, author AS authorId, author_name AS authorName, added_by AS addedBy, added_at AS addedAt';

/** What people added to their servers. */
export class AddedArticles {
  readonly #file: CommunityFile;

  constructor(file: CommunityFile) {
    this.#file = file;
  }

  /**
   * Stores an article, in place of one from the same message.
   *
   * @returns false if the server has {@link MAX_ADDED} articles already.
   */
  add(article: AddedArticle): boolean {
    return this.#file.use((database) =>
      database
        .transaction((): boolean => {
          database.prepare('DELETE FROM added_articles WHERE message = ?').run(article.messageId);
          const count = database.prepare('SELECT count(*) FROM added_articles WHERE server = ?').pluck();
          if ((count.get(article.serverId) as number) >= MAX_ADDED) return false;
          database
            .prepare(
              `INSERT INTO added_articles (id, server, channel, message, title, file_name, content, url, author, author_name, added_by, added_at)
               VALUES (@id, @serverId, @channelId, @messageId, @title, @fileName, @content, @url, @authorId, @authorName, @addedBy, @addedAt)`,
            )
            .run(article);
          return true;
        })
        .immediate(),
    );
  }

  /** Lists what a server added, or with null what all servers added; the oldest first. */
  list(serverId: string | null): AddedArticle[] {
    return this.#file.use(
      (database) =>
        database
          .prepare(`SELECT ${COLUMNS} FROM added_articles WHERE server = ifnull(?, server) ORDER BY added_at, id`)
          .all(serverId) as AddedArticle[],
    );
  }

  /** Returns where the articles of a server may be seen: by their ids, the channel, or null for the whole server. */
  channels(serverId: string): ReadonlyMap<string, string | null> {
    return this.#file.use((database) => {
      const rows = database.prepare('SELECT id, channel FROM added_articles WHERE server = ?').all(serverId);
      return new Map((rows as { id: string; channel: string | null }[]).map(({ id, channel }) => [id, channel]));
    });
  }

  /** Returns the article that was made from a message, or null. */
  fromMessage(messageId: string): AddedArticle | null {
    return this.#file.use(
      (database) =>
        (database.prepare(`SELECT ${COLUMNS} FROM added_articles WHERE message = ?`).get(messageId) as
          | AddedArticle
          | undefined) ?? null,
    );
  }

  /** Changes what an article says, after its message was edited. */
  setContent(id: string, content: string): void {
    this.#file.use((database) => {
      database.prepare('UPDATE added_articles SET content = ? WHERE id = ?').run(content, id);
      purgeDeleted(database);
    });
  }

  /** Shows or hides the name of who wrote an article. Only they may. @returns whether it is theirs. */
  setAuthorName(id: string, authorId: string, name: string | null): boolean {
    return this.#file.use((database) => {
      const update = database.prepare('UPDATE added_articles SET author_name = ? WHERE id = ? AND author = ?');
      return update.run(name, id, authorId).changes > 0;
    });
  }

  /** Removes an article of a server. @returns whether it was there. */
  remove(serverId: string, id: string): boolean {
    return this.#remove('server = ? AND id = ?', serverId, id) > 0;
  }

  /** Removes the article that was made from a message. @returns whether there was one. */
  removeFromMessage(messageId: string): boolean {
    return this.#remove('message = ?', messageId) > 0;
  }

  /** Removes an article of whoever wrote it. @returns whether it was there, and theirs. */
  removeByAuthor(id: string, authorId: string): boolean {
    return this.#remove('id = ? AND author = ?', id, authorId) > 0;
  }

  /** Removes the articles of a channel or thread that is gone. @returns how many there were. */
  removeFromChannel(channelId: string): number {
    return this.#remove('channel = ? OR url LIKE ?', channelId, `%/${channelId}/%`);
  }

  #remove(condition: string, ...values: readonly string[]): number {
    return this.#file.use((database) => {
      const { changes } = database.prepare(`DELETE FROM added_articles WHERE ${condition}`).run(...values);
      if (changes > 0) purgeDeleted(database);
      return changes;
    });
  }
}
